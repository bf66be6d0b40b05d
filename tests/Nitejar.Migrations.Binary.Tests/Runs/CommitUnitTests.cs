using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>What is committed together, as the option, the environment and the plan say, and as answer and receipt repeat it.</summary>
public sealed class CommitUnitTests : WorkplaceTests
{
    private const string Configuration = """
        { "defaultEnvironment": "e", "environments": { "e": { "connection": "x.db", "transaction": "migration" } } }
        """;

    [Test]
    public void A_failure_leaves_the_migrations_before_it_and_says_so()
    {
        Place.Sqlite("x.db", "CREATE TABLE github_repos (id);");
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];

        var result = Place.Run("up", "--transaction", "migration", "-c", "x.db", "--json").Exits(6);

        using var answer = JsonDocument.Parse(result.Output);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Place["receipt.json"]));
        foreach (var document in (JsonElement[])[answer.RootElement, receipt.RootElement])
        {
            Assert.That(document.GetProperty("transaction").GetString(), Is.EqualTo("migration"));
            Assert.That(
                document
                    .GetProperty("steps")
                    .EnumerateArray()
                    .Select(step => $"{step.GetProperty("state")}"),
                Is.EqualTo(new[] { "applied", "failed" })
            );
        }

        Assert.That(
            answer.RootElement.GetProperty("error").GetProperty("state").GetString(),
            Is.EqualTo("1 step of this run had been committed before.")
        );
        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
    }

    [Test]
    public void The_environment_sets_it_and_the_option_wins()
    {
        Place.Write("migrations.json", Configuration);

        Assert.That(
            Place.Run("up").Exits(0).Output,
            Does.Contain(", each committed by itself, in")
        );
        Assert.That(
            Place.Run("down", "--all", "--yes", "--transaction", "run").Exits(0).Output,
            Does.Contain("2 migrations reverted in")
        );
    }

    [Test]
    public void A_plan_keeps_it()
    {
        var preview = Place.Run(
            "up",
            "--dry-run",
            "--out",
            "plan",
            "--transaction",
            "migration",
            "-c",
            "x.db"
        );

        Assert.That(preview.Exits(0).Output, Does.Contain("Each migration is committed by itself"));
        Assert.That(
            Place.Run("up", "--plan", "plan", "-c", "x.db").Exits(0).Output,
            Does.Contain("each committed by itself")
        );
    }

    [Test]
    public void Another_word_is_refused_on_the_command_line_and_in_the_configuration()
    {
        Place.Write("migrations.json", Configuration.Replace("migration\" }", "step\" }"));

        Assert.That(
            Place.Run("status").Exits(2).Error,
            Does.Contain("\"transaction\" must be \"run\" or \"migration\"")
        );
        Place.Run("up", "--transaction", "step", "-c", "x.db").Exits(2);
    }
}
