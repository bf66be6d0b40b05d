using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

/// <summary>What <c>script</c> prints, executed by SQLite's own program.</summary>
public sealed class SqliteScriptTests : WorkplaceTests
{
    [Test]
    public void Script_up_makes_the_same_tables_as_up()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Place.Sqlite("script.db", Script("up"));

        Assert.That(Place.Objects("script.db"), Is.EqualTo(Place.Objects("x.db")));
        Place.Run("status", "-c", "script.db", "--check").Exits(0);
    }

    [Test]
    public void Script_down_undoes_what_up_made()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Place.Sqlite("x.db", Script("down"));

        Assert.That(Place.Objects("x.db"), Is.Empty);
        Assert.That(Place.Run("status", "-c", "x.db").Exits(0).Output, Does.Contain("2 pending"));
    }

    [Test]
    public void Down_reverts_what_a_script_applied()
    {
        Place.Sqlite("x.db", Script("up"));

        Place.Run("down", "-c", "x.db", "--all").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.Empty);
    }

    [Test]
    public void From_and_to_cut_a_script_in_two()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Place.Sqlite("script.db", Script("up", "--to", Core));
        Place.Run("status", "-c", "script.db", "--check").Exits(3);
        Place.Sqlite("script.db", Script("up", "--from", Core));

        Assert.That(Place.Objects("script.db"), Is.EqualTo(Place.Objects("x.db")));
        Place.Sqlite("script.db", Script("down", "--to", Core));
        Assert.That(
            Place.Sqlite("script.db", "SELECT Version FROM VersionInfo;"),
            Is.EqualTo(Core)
        );
    }

    [Test]
    public void A_script_that_fails_half_way_changes_nothing()
    {
        Place.Sqlite("x.db", "CREATE TABLE github_repos (id);");
        var before = Place.Dump("x.db");

        var result = Place.SqliteProgram("x.db", Script("up")).Run();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [TestCase("up", "--from", Github, "--to", Core)]
    [TestCase("down", "--from", Core, "--to", Github)]
    public void A_range_that_goes_the_other_way_is_refused(
        string direction,
        params string[] range
    ) => Place.Run(["script", direction, .. range]).Exits(2);

    [Test]
    public void Script_needs_no_database()
    {
        Script("up");

        Assert.That(Place.Files, Is.Empty);
    }

    private string Script(string direction, params string[] range) =>
        Place.Run(["script", direction, .. range]).Exits(0).Output;
}
