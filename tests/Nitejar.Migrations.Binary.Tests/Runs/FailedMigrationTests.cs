using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>Exit code 1: a migration failed, and the database is as before.</summary>
public sealed class FailedMigrationTests : WorkplaceTests
{
    private const string MissingTable = "DROP TABLE \"no such table\";";

    [SetUp]
    public void MigrateAndBreakAStoredDown()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        // The binary's own migrations do not fail, so the third statement of the stored down SQL is made to.
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = replace(DownSql, 'DROP TABLE \"github_installations\";', '{MissingTable}') WHERE Version = {Github};"
        );
    }

    [Test]
    public void A_Down_that_fails_at_its_third_statement_changes_nothing()
    {
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--yes").Exits(1);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain("20240501120000_GithubIntegration")
                .And.Contains("statement 3, line 3")
                .And.Contains("no such table")
                .And.Contains(MissingTable)
                .And.Contains("The database is as before the run.")
        );
    }

    [Test]
    public void Every_planned_migration_is_listed_with_what_became_of_it()
    {
        var result = Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(1);

        Assert.That(result.Output, Does.Match("failed +20240501120000_GithubIntegration"));
        Assert.That(result.Output, Does.Match("not-run +20240101000000_CoreTables"));
    }

    [Test]
    public void A_step_that_ran_before_the_failure_is_rolled_back()
    {
        Place.Sqlite(
            "x.db",
            $"""
            UPDATE VersionJournal SET DownSql = 'SELECT 1; DROP TABLE agents; SELECT missing FROM integrations' WHERE Version = {Core};
            UPDATE VersionJournal SET DownSql = 'DROP TABLE agent_repo_capabilities; DROP TABLE github_repos; DROP TABLE github_installations' WHERE Version = {Github};
            """
        );
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(1);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(result.Output, Does.Match("undone +20240501120000_GithubIntegration"));
        Assert.That(result.Output, Does.Match("failed +20240101000000_CoreTables"));
        Assert.That(result.Error, Does.Contain("no such column"));
    }

    [Test]
    public void A_failure_after_a_statement_that_returns_rows_is_not_recorded_as_success()
    {
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = 'DROP TABLE agent_repo_capabilities; SELECT 1 UNION SELECT 2; {MissingTable}' WHERE Version = {Github};"
        );
        var before = Place.Dump("x.db");

        Place.Run("down", "-c", "x.db", "--yes").Exits(1);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void A_Down_that_leaves_references_dangling_is_undone()
    {
        Place.Sqlite(
            "x.db",
            $"""
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'ours');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'i');
            UPDATE VersionJournal SET DownSql = 'DELETE FROM integrations; DROP TABLE IF EXISTS not_there' WHERE Version = {Github};
            """
        );
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--yes").Exits(1);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(result.Error, Does.Contain("github_installations"));
    }
}
