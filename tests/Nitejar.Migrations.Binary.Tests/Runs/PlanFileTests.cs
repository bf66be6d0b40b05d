using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>A plan that was written down is run exactly, or not at all.</summary>
public sealed class PlanFileTests : WorkplaceTests
{
    private const string OneInstallation = """
        INSERT INTO integrations (id, type, name, config) VALUES ('i', 'github', 'n', '{"appId":1}');
        INSERT INTO github_installations (installation_id, integration_id) VALUES (10, 'i');
        """;

    [Test]
    public void An_up_runs_its_plan_once_and_has_nothing_to_do_then()
    {
        Plan("up");
        Assert.That(File.Exists(Place["x.db"]), Is.False, "a dry run makes no database");

        Place.Run("up", "-c", "x.db", "--plan", "plan.json").Exits(0);
        var again = Place.Run("up", "-c", "x.db", "--plan", "plan.json").Exits(0);

        Assert.That(again.Output, Does.Contain("nothing to do"));
        Assert.That(Place.Objects("x.db"), Does.Contain("github_repos"));
    }

    [Test]
    public void A_down_that_another_run_has_done_has_nothing_to_do()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Plan("down");
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);

        var late = Place.Run("down", "-c", "x.db", "--plan", "plan.json").Exits(0);

        Assert.That(late.Output, Does.Contain("nothing to do"));
        Assert.That(Place.Objects("x.db"), Does.Contain("agents"));
    }

    [Test]
    public void A_down_removes_what_its_plan_says_without_a_question()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", OneInstallation);
        Plan("down");

        Place.Run("down", "-c", "x.db", "--plan", "plan.json").Exits(0);

        Assert.That(Place.Objects("x.db"), Does.Not.Contain("github_installations"));
    }

    [Test]
    public void More_rows_than_the_plan_says_are_refused_but_with_yes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", OneInstallation);
        Plan("down");
        Place.Sqlite(
            "x.db",
            "INSERT INTO github_installations (installation_id, integration_id) VALUES (20, 'i');"
        );
        var before = Place.Dump("x.db");

        var refused = Place.Run("down", "-c", "x.db", "--plan", "plan.json").Exits(6);

        Assert.That(refused.Error, Does.Contain("more rows than were shown").And.Contain("2 rows"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Place.Run("down", "-c", "x.db", "--plan", "plan.json", "--yes").Exits(0);
    }

    [TestCase(
        "redo",
        "DELETE FROM VersionInfo WHERE Version > 20240101000000;",
        "now this would revert 20240101000000_CoreTables"
    )]
    [TestCase(
        "redo",
        "DELETE FROM VersionInfo WHERE Version = 20240101000000;",
        "the history has changed: 2 migrations up to 20240501120000 applied then, 1 migration"
    )]
    [TestCase("down", "CREATE INDEX hand ON github_repos (full_name);", "have changed since")]
    [TestCase(
        "down",
        "UPDATE VersionJournal SET DownSql = replace(DownSql, 'DROP TABLE \"github_repos\"', 'DROP TABLE IF EXISTS \"github_repos\"');",
        "other SQL would be executed for 20240501120000_GithubIntegration"
    )]
    public void A_plan_of_another_database_is_stale(string command, string change, string why)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Plan(command);
        Place.Sqlite("x.db", change);
        var before = Place.Dump("x.db");

        var refused = Place.Run(command, "-c", "x.db", "--plan", "plan.json", "--yes").Exits(4);

        Assert.That(refused.Error, Does.Contain("The plan is stale: ").And.Contain(why));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void Stored_SQL_that_is_not_its_class_s_is_told_and_wants_yes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "UPDATE VersionJournal SET DownSql = DownSql || 'SELECT 1;';");
        var before = Place.Dump("x.db");

        var dry = Place.Run("down", "-c", "x.db", "--dry-run", "--out", "plan.json").Exits(0);
        Assert.That(dry.Error, Does.Contain("its class would execute other SQL"));
        var refused = Place.Run("down", "-c", "x.db", "--plan", "plan.json").Exits(6);

        Assert.That(refused.Error, Does.Contain("its class would execute other SQL"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Place.Run("down", "-c", "x.db", "--plan", "plan.json", "--yes").Exits(0);
    }

    [Test]
    public void The_SQL_of_the_file_is_never_executed()
    {
        Plan("up");
        Place.Write(
            "plan.json",
            File.ReadAllText(Place["plan.json"])
                .Replace(
                    "CREATE TABLE",
                    "CREATE TABLE IF NOT EXISTS evil_",
                    StringComparison.Ordinal
                )
        );

        Place.Run("up", "-c", "x.db", "--plan", "plan.json").Exits(0);

        Assert.That(Place.Objects("x.db"), Does.Not.Contain("evil"));
    }

    [Test]
    public void A_digest_that_was_changed_is_stale()
    {
        Plan("up");
        var text = File.ReadAllText(Place["plan.json"]);
        var at = text.IndexOf("\"digest\": \"", StringComparison.Ordinal) + 11;
        Place.Write("plan.json", text[..at] + "0000" + text[(at + 4)..]);

        Place.Run("up", "-c", "x.db", "--plan", "plan.json").Exits(4);

        Assert.That(File.Exists(Place["x.db"]), Is.False);
    }

    [TestCase("down", "", "is one for `up`, and this is `down`")]
    [TestCase("up", "{", "is not a plan")]
    [TestCase("up", "[]", "is not a plan")]
    [TestCase("up", "{\"schemaVersion\": 2}", "was written by another version")]
    public void A_file_that_is_no_such_plan_is_named(string command, string content, string why)
    {
        Plan("up");
        if (content.Length > 0)
        {
            Place.Write("plan.json", content);
        }

        var refused = Place.Run(command, "-c", "x.db", "--plan", "plan.json").Exits(2);

        Assert.That(refused.Error, Does.Contain("plan.json " + why));
    }

    [TestCase("--out", "plan.json")]
    [TestCase("--plan", "plan.json", "--to", "20240101000000")]
    [TestCase("--plan", "plan.json", "--dry-run")]
    [TestCase("--plan", "missing.json")]
    [TestCase("--plan", "plan.json", "--discard-archive")]
    [TestCase("--dry-run", "--out", "plan.json", "--discard-archive")]
    public void Options_that_do_not_go_together_are_usage_errors(params string[] options) =>
        Place.Run(["up", "-c", "x.db", .. options]).Exits(2);

    /// <summary>A reviewer reads that the archive keeps the rows, so that nothing beside the plan may say otherwise.</summary>
    [TestCase("--plan", "plan.json")]
    [TestCase("--dry-run", "--out", "plan.json")]
    public void A_plan_always_keeps_rows(params string[] options)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Plan("down");

        Place.Run(["down", "-c", "x.db", "--no-archive", .. options]).Exits(2);
    }

    [Test]
    public void A_plan_that_would_be_refused_is_not_written()
    {
        Place.Sqlite("x.db", "CREATE TABLE agents (id); CREATE TABLE github_repos (id);");

        var refused = Place.Run("up", "-c", "x.db", "--dry-run", "--out", "plan.json").Exits(6);

        Assert.That(
            refused.Error,
            Does.Contain("2 objects are in the way: table agents, table github_repos.")
        );
        Assert.That(File.Exists(Place["plan.json"]), Is.False);
    }

    private void Plan(string command) =>
        Place.Run(command, "-c", "x.db", "--dry-run", "--out", "plan.json").Exits(0);
}
