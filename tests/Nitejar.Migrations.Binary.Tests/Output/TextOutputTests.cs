using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed class TextOutputTests : WorkplaceTests
{
    [Test]
    public void Up_lists_every_migration_and_says_nothing_on_stderr()
    {
        var result = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(result.Output, Does.Match("applied +20240101000000_CoreTables +3 "));
        Assert.That(result.Output, Does.Match("applied +20240501120000_GithubIntegration +8 "));
        Assert.That(result.Output, Does.Contain("2 migrations applied in "));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public void A_second_up_has_nothing_to_do()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        var before = File.ReadAllBytes(Place["x.db"]);

        var result = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(result.Output, Is.EqualTo("x.db: nothing to do\n"));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
    }

    [TestCase("--to", Core)]
    [TestCase("--steps", "1")]
    public void Up_applies_as_many_as_it_is_told(string option, string value)
    {
        Place.Run("up", "-c", "x.db", option, value).Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
    }

    [TestCase("up")]
    [TestCase("status")]
    [TestCase("history")]
    public void Quiet_says_nothing(string command)
    {
        var result = Place.Run(command, "-c", "x.db", "--quiet").Exits(0);

        Assert.That(result.Output + result.Error, Is.Empty);
    }

    [Test]
    public void Quiet_keeps_errors()
    {
        Place.Write("x.db", "");

        var result = Place.Run("up", "-c", "x.db", "-q").Exits(7);

        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.StartWith("error: "));
    }

    [Test]
    public void Verbose_shows_the_sql_on_stderr()
    {
        var result = Place.Run("up", "-c", "x.db", "--verbose").Exits(0);

        Assert.That(result.Error, Does.Contain("CREATE TABLE \"github_repos\""));
        Assert.That(result.Output, Does.Not.Contain("CREATE TABLE"));
    }

    [Test]
    public void Stack_traces_are_for_verbose_alone()
    {
        Place.Write("x.db", new string('x', 2000));

        var usual = Place.Run("up", "-c", "x.db").Exits(7);
        var verbose = Place.Run("up", "-c", "x.db", "--verbose").Exits(7);

        Assert.That(usual.Error, Does.Not.Contain("   at "));
        Assert.That(verbose.Error, Does.Contain("   at "));
    }

    [Test]
    public void A_pipe_gets_no_colours()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(Place.Run("status", "-c", "x.db").Exits(0).Output, Does.Not.Contain("\u001b"));
    }

    [Test]
    public void Schema_as_a_table_names_columns_keys_and_indexes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        var table = Place.Run("schema", "-c", "x.db").Exits(0).Output;

        Assert.That(table, Does.Contain("github_repos\n"));
        Assert.That(
            table,
            Does.Match(
                "installation_id +INTEGER +no +github_installations\\(id\\) on delete cascade"
            )
        );
        Assert.That(table, Does.Match("scope +TEXT +no +'global'"));
        Assert.That(table, Does.Contain("unique index idx_github_repos_repo_id (repo_id)"));
        Assert.That(table, Does.Not.Contain("VersionInfo"));
    }
}
