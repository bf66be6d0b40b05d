using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>Tags by option, by environment and by plan.</summary>
public sealed class TagsTests
{
    private const string Database = LibraryFile.Name;
    private const string Tag = "reading-room";
    private const string Json = $$"""
        { "environments": {
          "branch": { "connection": "{{Database}}" },
          "central": { "connection": "{{Database}}", "tags": ["{{Tag}}"] } } }
        """;

    private readonly Host _host = new(
        Library.Authors,
        Library.Books,
        Library.ReadingRoom,
        Library.Shelves
    );
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter()
    {
        _folder = new WorkingFolder();
        File.WriteAllText("migrations.json", Json);
    }

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Without_its_tag_a_migration_stays_pending_and_is_not_missed()
    {
        LibraryFile.RequireSuccess(_host.Run("up", "-e", "branch"));

        var status = _host.Run("status", "-e", "branch", "--check");

        LibraryFile.RequireSuccess(status);
        Assert.That(
            status.Answer,
            Does.Contain("not chosen  20250215000000_ReadingRoom")
                .And.Contain("3 applied, 0 pending, 1 not chosen")
        );
    }

    [TestCase("up", "-c", Database, "--tags", Tag)]
    [TestCase("up", "-c", Database, "--tags", $"{Tag}")]
    [TestCase("up", "-e", "central")]
    [TestCase("up", "-e", "branch", "--tags", Tag)]
    public void With_its_tag_it_is_applied(params string[] up)
    {
        var applied = _host.Run(up);

        LibraryFile.RequireSuccess(applied);
        Assert.That(applied.Answer, Does.Contain("ReadingRoom"));
        LibraryFile.RequireSuccess(_host.Run("status", "-e", "central", "--check"));
        Assert.That(
            _host.Run("redo", "-c", Database, "--steps", "4", "--yes").Answer,
            Does.Contain("reverted  20250215000000_ReadingRoom")
                .And.Contain("applied   20250215000000_ReadingRoom"),
            "what is applied is applied"
        );
    }

    [Test]
    public void An_option_comes_before_the_environment()
    {
        var up = _host.Run("up", "-e", "central", "--tags", "elsewhere");

        LibraryFile.RequireSuccess(up);
        Assert.That(up.Answer, Does.Not.Contain("ReadingRoom"));
        Assert.That(
            up.Diagnostics,
            Does.Contain("No migration of this binary has the tag elsewhere.")
        );
    }

    [Test]
    public void A_tag_that_is_chosen_late_is_exit_6_and_pending()
    {
        LibraryFile.RequireSuccess(_host.Run("up", "-e", "branch"));

        Assert.That(_host.Run("up", "-e", "central").ExitCode, Is.EqualTo(6));
        Assert.That(_host.Run("status", "-e", "central", "--check").ExitCode, Is.EqualTo(3));
        LibraryFile.RequireSuccess(_host.Run("up", "-e", "central", "--allow-out-of-order"));
    }

    [TestCase("")]
    [TestCase("a,")]
    [TestCase(",a")]
    [TestCase("a\u0001")]
    public void Tags_have_names(string tags) =>
        Assert.That(_host.Run("up", "-c", Database, "--tags", tags).ExitCode, Is.EqualTo(2));

    [Test]
    public void A_plan_keeps_the_tags_that_it_was_made_with()
    {
        Plan("--tags", Tag);

        LibraryFile.RequireSuccess(_host.Run("up", "-c", Database, "--plan", "p.json"));

        Assert.That(
            _host.Run("status", "-c", Database).Answer,
            Does.Contain("applied  20250215000000_ReadingRoom")
        );
    }

    [TestCase("central", "branch")]
    [TestCase("branch", "central")]
    public void A_plan_for_other_tags_is_stale_where_they_decide(string planned, string run)
    {
        File.WriteAllText(
            "migrations.json",
            Json.Replace(
                """branch": {""",
                """branch": { "tags": ["loan"],""",
                StringComparison.Ordinal
            )
        );
        Plan("-e", planned);

        var stale = _host.Run("up", "-e", run, "--plan", "p.json");

        Assert.That(stale.ExitCode, Is.EqualTo(4), stale.ToString());
        Assert.That(stale.Diagnostics, Does.Contain("The plan is stale"));
    }

    [Test]
    public void A_plan_for_other_tags_is_stale_also_with_the_same_steps()
    {
        Plan("--tags", "loan");

        var stale = _host.Run("up", "-e", "other", "--plan", "p.json", "--config", Other("lent"));

        Assert.That(stale.ExitCode, Is.EqualTo(4), stale.ToString());
        Assert.That(
            stale.Diagnostics,
            Does.Contain("it was made with the tag loan, and this run is with the tag lent")
        );
    }

    [Test]
    public void Tags_that_decide_nothing_are_not_compared()
    {
        var host = new Host(Library.Authors);
        LibraryFile.RequireSuccess(
            host.Run("up", "-c", Database, "--tags", "loan", "--dry-run", "--out", "p.json")
        );

        LibraryFile.RequireSuccess(
            host.Run("up", "-e", "other", "--plan", "p.json", "--config", Other("lent"))
        );
    }

    [Test]
    public void A_plan_and_tags_exclude_each_other() =>
        Assert.That(
            _host.Run("up", "-c", Database, "--plan", "p.json", "--tags", Tag).ExitCode,
            Is.EqualTo(2)
        );

    private void Plan(params string[] options) =>
        LibraryFile.RequireSuccess(
            _host.Run(["up", "-c", Database, .. options, "--dry-run", "--out", "p.json"])
        );

    private static string Other(string tag)
    {
        File.WriteAllText(
            "other.json",
            $$"""{ "environments": { "other": { "connection": "{{Database}}", "tags": ["{{tag}}"] } } }"""
        );
        return "other.json";
    }
}
