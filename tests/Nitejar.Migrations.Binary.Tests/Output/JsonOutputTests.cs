using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed class JsonOutputTests : WorkplaceTests
{
    [SetUp]
    public void MigrateHalfWay() => Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);

    [TestCase("up", "-c", "x.db")]
    [TestCase("up", "-c", "x.db", "--to", Core)]
    [TestCase("up", "-c", "x.db", "--dry-run")]
    [TestCase("up", "-c", "x.db", "--verbose")]
    [TestCase("up", "-c", "x.db", "--quiet")]
    [TestCase("down", "-c", "x.db")]
    [TestCase("down", "-c", "x.db", "--dry-run")]
    [TestCase("redo", "-c", "x.db")]
    [TestCase("status", "-c", "x.db")]
    [TestCase("status", "-c", "none.db")]
    [TestCase("schema", "-c", "x.db")]
    [TestCase("schema", "-c", "x.db", "--format", "sql")]
    [TestCase("history", "-c", "x.db")]
    [TestCase("history", "-c", "none.db")]
    [TestCase("script", "up")]
    [TestCase("script", "down", "--provider", "postgres")]
    [TestCase("new", "AddThing")]
    public void Every_command_answers_with_one_document(params string[] arguments)
    {
        var result = Place.Run([.. arguments, "--json"]).Exits(0);

        using var document = Parse(result);
        var root = document.RootElement;
        Assert.That(root.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(2));
        Assert.That(
            root.GetProperty("command").GetString(),
            Is.EqualTo(arguments[0] == "script" ? $"script {arguments[1]}" : arguments[0])
        );
        Assert.That(root.GetProperty("exitCode").GetInt32(), Is.Zero);
    }

    [TestCase(2, "up", "--bogus")]
    [TestCase(2)]
    [TestCase(2, "frobnicate")]
    [TestCase(2, "script")]
    [TestCase(2, "new", "no-name")]
    [TestCase(7, "status", "-c", "postgres://user@localhost:1/nitejar")]
    [TestCase(2, "script", "up", "--to", "17")]
    [TestCase(6, "up", "-c", "taken.db")]
    [TestCase(6, "down", "-c", "full.db")]
    [TestCase(7, "up", "-c", "garbage.db")]
    [TestCase(7, "down", "-c", "garbage.db")]
    [TestCase(7, "redo", "-c", "garbage.db")]
    [TestCase(7, "status", "-c", "garbage.db")]
    [TestCase(7, "schema", "-c", "garbage.db")]
    [TestCase(7, "history", "-c", "garbage.db")]
    [TestCase(4, "status", "-c", "changed.db")]
    [TestCase(4, "up", "-c", "changed.db")]
    public void A_failure_is_one_document_too_and_text_on_stderr(
        int exitCode,
        params string[] arguments
    )
    {
        Place.Write("garbage.db", new string('x', 2000));
        Place.Sqlite("taken.db", "CREATE TABLE agents (id);");
        Place.Run("up", "-c", "full.db").Exits(0);
        Place.Sqlite(
            "full.db",
            "INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'x');"
        );
        File.Copy(Place["x.db"], Place["changed.db"]);
        Place.Sqlite("changed.db", "UPDATE VersionJournal SET Checksum = 'other';");

        var result = Place.Run([.. arguments, "--json"]).Exits(exitCode);

        using var document = Parse(result);
        var root = document.RootElement;
        var error = root.GetProperty("error");
        Assert.That(root.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(2));
        Assert.That(root.GetProperty("exitCode").GetInt32(), Is.EqualTo(exitCode));
        Assert.That(
            result.Error,
            Does.StartWith($"error: {error.GetProperty("message").GetString()}")
        );
        Assert.That(
            error.GetProperty("state").GetString(),
            Does.StartWith("The database").Or.StartWith("No database")
        );
        Assert.That(error.GetProperty("next").GetString(), Is.Not.Empty);
    }

    [Test]
    public void A_locked_database_is_one_document()
    {
        using var held = Place.HoldLock("x.db");

        var result = Place.Run("up", "-c", "x.db", "--json", "--lock-timeout", "50ms").Exits(5);

        using var document = Parse(result);
        Assert.That(document.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(5));
        Assert.That(result.Error, Does.Contain("waiting for the lock"));
    }

    [Test]
    public void Pending_migrations_are_told_in_the_document_and_by_the_exit_code()
    {
        var result = Place.Run("status", "-c", "x.db", "--json", "--check").Exits(3);

        using var document = Parse(result);
        var root = document.RootElement;
        Assert.That(root.GetProperty("exitCode").GetInt32(), Is.EqualTo(3));
        Assert.That(root.GetProperty("pending").GetInt32(), Is.EqualTo(1));
        Assert.That(
            root.GetProperty("migrations")
                .EnumerateArray()
                .Select(m => m.GetProperty("state").GetString()),
            Is.EqualTo((string[])["applied", "pending", "not chosen"])
        );
    }

    [Test]
    public void A_run_tells_every_step_with_its_state()
    {
        var result = Place.Run("redo", "-c", "x.db", "--json").Exits(0);

        using var document = Parse(result);
        Assert.That(
            document
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(s =>
                    $"{s.GetProperty("version")} {s.GetProperty("direction")} {s.GetProperty("state")}"
                ),
            Is.EqualTo((string[])[$"{Core} down reverted", $"{Core} up applied"])
        );
    }

    [Test]
    public void Schema_lists_tables_with_columns_keys_and_indexes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        using var document = Parse(Place.Run("schema", "-c", "x.db", "--json").Exits(0));

        var repos = document
            .RootElement.GetProperty("tables")
            .EnumerateArray()
            .Single(table => table.GetProperty("name").GetString() == "github_repos");
        Assert.That(repos.GetProperty("columns").GetArrayLength(), Is.EqualTo(7));
        Assert.That(repos.GetProperty("primaryKey")[0].GetString(), Is.EqualTo("id"));
        Assert.That(
            repos.GetProperty("foreignKeys")[0].GetProperty("onDelete").GetString(),
            Is.EqualTo("CASCADE")
        );
        Assert.That(repos.GetProperty("indexes").GetArrayLength(), Is.EqualTo(2));
    }

    /// <summary>Fails when anything stands before or after the document.</summary>
    private static JsonDocument Parse(CommandResult result)
    {
        Assert.That(result.Output, Does.StartWith("{"), $"{result}");
        return JsonDocument.Parse(result.Output);
    }
}
