using System.Text.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>What <c>adopt</c> and <c>up --adopt</c> answer.</summary>
public sealed class AdoptTests
{
    private const string Database = LibraryFile.Name;

    /// <summary>Authors as another tool has made them.</summary>
    private const string ByAnotherTool = """
        CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL);
        INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (20250101000000, 1);
        CREATE TABLE authors (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL);
        CREATE TRIGGER authors_added AFTER INSERT ON authors BEGIN SELECT 1; END;
        """;

    private readonly Host _host = Library.Host();
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Notes_are_told_and_are_no_obstacle()
    {
        LibraryFile.Execute(ByAnotherTool);

        var adopted = _host.Run("adopt", "-c", Database);

        LibraryFile.RequireSuccess(adopted);
        Assert.That(adopted.Answer, Does.Contain("adopted  20250101000000_Authors"));
        Assert.That(adopted.Answer, Does.Contain("note: trigger authors_added"));
        Assert.That(adopted.Answer, Does.Contain("1 migration adopted"));
        Assert.That(
            _host.Run("status", "-c", Database).Answer,
            Does.Contain("adopted  20250101000000_Authors")
                .And.Contain("another tool: goose_db_version (goose), newest entry 20250101000000")
        );
    }

    [Test]
    public void Up_adopts_and_applies_the_rest()
    {
        LibraryFile.Execute(ByAnotherTool);

        var up = _host.Run("up", "--adopt", "-c", Database);

        LibraryFile.RequireSuccess(up);
        Assert.That(up.Answer, Does.Contain("1 migration adopted, 2 applied"));
    }

    [Test]
    public void A_refusal_lists_each_point_for_programs_too()
    {
        LibraryFile.Execute("CREATE TABLE authors (id integer PRIMARY KEY, name integer)");

        var refused = _host.Run("adopt", "--json", "-c", Database);

        Assert.That(refused.ExitCode, Is.EqualTo(6));
        using var json = JsonDocument.Parse(refused.Answer);
        Assert.That(
            json.RootElement.GetProperty("error").GetProperty("code").GetString(),
            Is.EqualTo("adoption-refused")
        );
        Assert.That(
            json.RootElement.GetProperty("adoption")
                .EnumerateArray()
                .Select(point =>
                    string.Join('|', point.EnumerateObject().Select(field => field.Value))
                ),
            Is.EqualTo([
                "column authors.name|TEXT|INTEGER|refused",
                "column authors.name|NOT NULL|NULL allowed|refused",
                "primary key of authors|AUTOINCREMENT||note",
            ])
        );
    }

    [Test]
    public void Nothing_of_the_migrations_is_nothing_to_adopt()
    {
        LibraryFile.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)");

        Assert.That(_host.Run("adopt", "-c", Database).Answer, Does.Contain("nothing to adopt"));
        Assert.That(
            _host.Run("adopt", "--dry-run", "-c", Database).Answer,
            Does.Contain("nothing to adopt")
        );
    }

    [Test]
    public void A_database_that_does_not_exist_is_not_made()
    {
        Assert.That(_host.Run("adopt", "-c", Database).ExitCode, Is.EqualTo(7));
        Assert.That(File.Exists(Database), Is.False);
    }

    [TestCase("--steps", "1")]
    [TestCase("--dry-run", "--out", "plan.json")]
    [TestCase("--plan", "plan.json")]
    public void What_a_plan_cannot_say_is_not_combined(params string[] with) =>
        Assert.That(_host.Run(["up", "--adopt", "-c", Database, .. with]).ExitCode, Is.EqualTo(2));
}
