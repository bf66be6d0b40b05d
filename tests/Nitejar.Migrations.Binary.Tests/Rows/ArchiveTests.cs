using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Rows;

/// <summary>A rollback and the way back, on the real tables, seen by SQLite's own program.</summary>
public sealed class ArchiveTests : WorkplaceTests
{
    private const string Rows = """
        SELECT rowid, * FROM github_installations; SELECT rowid, * FROM github_repos;
        SELECT rowid, * FROM agent_repo_capabilities; SELECT * FROM integrations; SELECT * FROM agents;
        SELECT * FROM sqlite_sequence WHERE name LIKE 'github%' ORDER BY name;
        """;

    [SetUp]
    public void Fill()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            INSERT INTO integrations (id, type, name, config) VALUES ('i', 'github', 'n', '{"appId":1}');
            INSERT INTO agents (id, name) VALUES ('a1', 'one'), ('a2', 'two');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (10, 'i'), (20, 'i');
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO github_repos (repo_id, full_name, html_url, installation_id)
            SELECT i * 7, 'organisation/répo-' || i, CASE WHEN i % 3 THEN 'https://github.test/' || i END, 1 + i % 2 FROM n;
            INSERT INTO agent_repo_capabilities
            SELECT 'a' || (1 + id % 2), id, '["read_repo","open_pr"]' FROM github_repos;
            DELETE FROM github_repos WHERE id > 99990 AND id NOT IN (SELECT github_repo_id FROM agent_repo_capabilities);
            """
        );
    }

    [TestCase("--steps", "1")]
    [TestCase("--all")]
    public void A_hundred_thousand_rows_come_back_byte_for_byte(params string[] howFar)
    {
        var before = Place.Sqlite("x.db", Rows);
        var objects = Place.Objects("x.db");

        Place.Run(["down", "-c", "x.db", "--yes", .. howFar]).Exits(0);
        Assert.That(Place.Objects("x.db"), Does.Not.Contain("github_repos"));

        var up = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(
            up.Output,
            Does.Contain("restored: ").And.Contain("github_repos (100000 rows)")
        );
        Assert.That(Place.Sqlite("x.db", Rows), Is.EqualTo(before));
        Assert.That(Place.Objects("x.db"), Is.EqualTo(objects));
        Assert.That(Place.Sqlite("x.db", "PRAGMA integrity_check;"), Is.EqualTo("ok"));
    }

    [Test]
    public void Repositories_of_an_installation_that_went_meanwhile_are_left_over_and_named()
    {
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);
        Place.Sqlite("x.db", "DELETE FROM agents WHERE id = 'a2';");

        var up = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(
            up.Output,
            Does.Contain("left in the archive: agent_repo_capabilities (50000 rows:")
        );
        Assert.That(
            Place.Sqlite("x.db", "SELECT count(*) FROM agent_repo_capabilities;"),
            Is.EqualTo("50000")
        );
        var list = Place.Run("archive", "list", "-c", "x.db").Exits(0);
        Assert.That(list.Output, Does.Contain("left over").And.Contain("VersionArchive_1"));
        Assert.That(Place.Sqlite("x.db", "PRAGMA foreign_key_check;"), Is.Empty);
    }

    [Test]
    public void Redo_keeps_every_row_and_asks_nobody()
    {
        var before = Place.Sqlite("x.db", Rows);

        Place.Run("redo", "-c", "x.db", "--steps", "2").Exits(0);

        Assert.That(Place.Sqlite("x.db", Rows), Is.EqualTo(before));
    }

    [Test]
    public void No_archive_and_discard_do_what_they_say()
    {
        Place.Run("down", "-c", "x.db", "--yes", "--no-archive").Exits(0);
        Assert.That(Place.Run("archive", "list", "-c", "x.db").Output, Does.Contain("empty"));

        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);
        var up = Place.Run("up", "-c", "x.db", "--discard-archive").Exits(0);

        Assert.That(up.Output, Does.Contain("discarded from the archive: 3 rows"));
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM agents;"), Is.EqualTo("0"));
    }
}
