using System.Xml.Linq;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>What README and docs say to do with a database, done as they say it.</summary>
[Platform("Linux")]
public sealed class OperationTests : DocumentTests
{
    private const string Recipes = "docs/recipes/README.md";
    private const string Database = "nitejar/nitejar.db";

    [SetUp]
    public void MakeFolder() => Directory.CreateDirectory(Place["nitejar"]);

    [Test]
    public void A_deploy([Values("README.md", Recipes)] string document)
    {
        Place.Write("nitejar/connection", Place[Database]);
        Note("systemctl");

        Run(document, "set -e").Exits(0);

        Assert.That(File.ReadAllText(Place["systemctl"]), Is.EqualTo("restart nitejar\n"));
        Assert.That(AgentNames(), Is.Empty, "the migration came first");
    }

    [Test]
    public void A_deploy_that_fails_does_not_start_the_new_version()
    {
        Place.Write("nitejar/connection", Place["missing/nitejar.db"]);
        Note("systemctl");

        Run(Recipes, "set -e").Exits(7);

        Assert.That(Place["systemctl"], Does.Not.Exist);
    }

    [Test]
    public void A_look_before_a_run([Values("docs/start.md", "docs/upgrading.md")] string document)
    {
        var output = Run(document, "nitejar-migrate status ").Exits(0).Output;

        Assert.That(output, Does.Contain("2 pending").And.Contain("2 migrations applied"));
    }

    /// <summary>The blocks in the order of a bad night.</summary>
    [Test]
    public void A_night()
    {
        foreach (var document in (string[])["README.md", Recipes])
        {
            Place.Run("up", "-c", Database).Exits(0);
            var shown = Run(document, "nitejar-migrate status ").Exits(0);
            Assert.That(shown.Output, Does.Contain("1 migration reverted"));
        }

        Place.Run("up", "-c", Database).Exits(0);
        Place.Sqlite(Database, "INSERT INTO agents (id, name) VALUES ('a', 'Ada');");
        Run(Recipes, "nitejar-migrate down ").Exits(0);

        File.Move(
            Directory.GetFiles(Place["nitejar"], "*.backup").Single(),
            Place["nitejar/nitejar.db.20261122T101500000Z.backup"]
        );
        Place.Sqlite(Database, "DELETE FROM agents;");
        Run(Recipes, "nitejar-migrate restore ").Exits(0);
        Place.Run("status", "-c", Database, "--check").Exits(0);
        Assert.That(AgentNames(), Is.EqualTo("Ada"));
    }

    [Test]
    public void The_CI_step([Values("README.md", Recipes)] string document)
    {
        Run(document, "nitejar-migrate verify ").Exits(0);

        Assert.That(Place.Files, Is.EquivalentTo(new[] { "nitejar", "verify.xml" }));
        var suite = XDocument.Load(Place["verify.xml"]).Root!.Element("testsuite")!;
        Assert.That((string?)suite.Attribute("failures"), Is.EqualTo("0"));
        Assert.That(
            suite.Elements("testcase").Select(tried => (string?)tried.Attribute("name")),
            Does.Contain("20240501120000_GithubIntegration")
        );
    }

    [TestCase(Recipes, Database)]
    [TestCase("docs/adopting.md", "nitejar.db")]
    public void A_take_over(string document, string database)
    {
        Place.Run("up", "-c", database).Exits(0);
        Place.Sqlite(database, "DROP TABLE VersionInfo; DROP TABLE VersionJournal;");
        Place.Run("up", "-c", database).Exits(6);

        Run(document, "nitejar-migrate adopt ").Exits(0);

        Assert.That(Place.Run("status", "-c", database).Output, Does.Contain("adopted"));
    }

    [Test]
    public void A_look_for_drift()
    {
        Place.Run("up", "-c", Database).Exits(0);
        Run("docs/drift.md", "nitejar-migrate drift ").Exits(0);

        Place.Sqlite(Database, "ALTER TABLE agents ADD COLUMN colour TEXT;");
        var found = Run("docs/drift.md", "nitejar-migrate drift ").Exits(4);

        Assert.That(found.Output, Does.Contain("agents.colour"));
    }

    [Test]
    public void A_new_migration()
    {
        Place.Write("migrations.json", """{ "migrationsDirectory": "src/Nitejar.Migrations" }""");
        Directory.CreateDirectory(Place["src/Nitejar.Migrations"]);

        Run("docs/authoring.md", "nitejar-migrate new ").Exits(0);

        Assert.That(
            Directory.GetFiles(Place["src/Nitejar.Migrations"], "*_AddRepoTopics.cs"),
            Has.Length.EqualTo(1)
        );
    }

    private string AgentNames() => Place.Sqlite(Database, "SELECT name FROM agents;");
}
