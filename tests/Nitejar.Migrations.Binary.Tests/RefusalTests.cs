using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests;

/// <summary>Exit code 6: somebody has to decide first.</summary>
public sealed class RefusalTests : WorkplaceTests
{
    private const string Later = "20990101000000";

    [TestCase("CREATE TABLE integrations (id TEXT);", "integrations")]
    [TestCase("CREATE TABLE github_repos (id TEXT);", "github_repos")]
    [TestCase("CREATE VIEW agents AS SELECT 1;", "agents")]
    public void Up_does_not_touch_objects_that_exist_already(string sql, string named)
    {
        Place.Sqlite("x.db", sql);
        var before = Place.Dump("x.db");

        var result = Place.Run("up", "-c", "x.db").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(result.Error, Does.Contain("has already").And.Contains(named));
    }

    [TestCase("down")]
    [TestCase("redo")]
    [TestCase("down", "--all")]
    public void Rows_are_not_taken_away_without_yes(params string[] command)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        InsertRows();
        var before = Place.Dump("x.db");

        var result = Place.Run([.. command, "-c", "x.db"]).Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain("github_installations (1 row)").And.Contains("--yes")
        );
    }

    [Test]
    public void With_yes_rows_go_and_what_is_not_reverted_stays()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        InsertRows();

        Place.Run("down", "-c", "x.db", "--yes").Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT id FROM integrations;"), Is.EqualTo("i"));
    }

    [TestCase(Later, "FromTheFuture", "unknown")]
    [TestCase(Github, "GithubIntegration", "newer")]
    public void Something_pending_below_a_newer_one_is_refused(
        string version,
        string name,
        string whose
    )
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        AddVersion(version, name);
        if (version == Github)
        {
            Place.Sqlite("x.db", $"DELETE FROM VersionInfo WHERE Version = {Core};");
        }

        var before = Place.Dump("x.db");

        var result = Place.Run("up", "-c", "x.db").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain($"{version}_{name}")
                .And.Contains(whose)
                .And.Contains("--allow-out-of-order")
        );
    }

    [Test]
    public void Out_of_order_is_possible_when_asked_for()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        AddVersion(Later, "FromTheFuture");

        Place.Run("up", "-c", "x.db", "--allow-out-of-order").Exits(0);

        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT group_concat(Version) FROM (SELECT Version FROM VersionInfo ORDER BY rowid);"
            ),
            Is.EqualTo($"{Core},{Later},{Github}")
        );
    }

    [Test]
    public void An_unknown_migration_without_stored_sql_is_not_reverted()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        AddVersion(Later, "FromTheFuture");
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain($"{Later}_FromTheFuture").And.Contains("another tool applied it")
        );
    }

    [TestCase("none", "irreversible (never written)")]
    [TestCase("code", "runs code")]
    public void An_unknown_migration_that_no_sql_reverts_is_not_reverted(
        string reversal,
        string why
    )
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        AddVersion(Later, "FromTheFuture");
        Place.Sqlite(
            "x.db",
            $"INSERT INTO VersionJournal (Version, Name, Reversal, ReversalNote) VALUES ({Later}, 'FromTheFuture', '{reversal}', 'never written');"
        );

        var result = Place.Run("down", "-c", "x.db", "--yes").Exits(6);

        Assert.That(result.Error, Does.Contain(why));
    }

    [Test]
    public void What_was_adopted_is_not_reverted()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET Outcome = 'adopted' WHERE Version = {Core};"
        );
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--all").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(result.Error, Does.Contain("adopted").And.Contains($"down --to {Core}"));
    }

    [TestCase("down")]
    [TestCase("redo")]
    public void An_environment_can_forbid_to_revert(string command)
    {
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "production", "environments": { "production": { "connection": "x.db", "allowDown": false } } }"""
        );
        Place.Run("up").Exits(0);
        var before = Place.Dump("x.db");

        var result = Place.Run(command, "--yes").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(result.Error, Does.Contain("production").And.Contains("allowDown"));
    }

    private void InsertRows() =>
        Place.Sqlite(
            "x.db",
            """
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'ours');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'i');
            """
        );

    private void AddVersion(string version, string name) =>
        Place.Sqlite(
            "x.db",
            $"INSERT INTO VersionInfo VALUES ({version}, CURRENT_TIMESTAMP, '{name}');"
        );
}
