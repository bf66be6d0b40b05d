using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>Exit code 6: somebody has to decide first.</summary>
public sealed class RefusalTests : WorkplaceTests
{
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
            Does.Contain("github_installations (1 row, kept in the archive)").And.Contains("--yes")
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
}
