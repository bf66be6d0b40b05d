using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>Where receipts go, where relative paths start, and what is said about passwords.</summary>
public sealed class SettingsPathsTests
{
    private static readonly CommonOptions InDeploy = new(
        null,
        null,
        "deploy/migrations.json",
        "live",
        null,
        null
    );

    private readonly Dictionary<string, string> _variables = [];
    private readonly Redactor _redactor = new();
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter()
    {
        _variables.Clear();
        _folder = new WorkingFolder();
    }

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Relative_paths_start_at_the_folder_of_the_file()
    {
        var settings = Resolve("""{ "connection": "../n.db", "receiptDirectory": "done" }""");

        Assert.Multiple(() =>
        {
            Assert.That(settings.Database.Name, Is.EqualTo("n.db"));
            Assert.That(settings.Receipt?.Path, Is.EqualTo(_folder["deploy/done"]));
        });
    }

    [Test]
    public void The_receipt_variable_names_a_file_and_wins_over_the_folder()
    {
        _variables["MIGRATION_RECEIPT_PATH"] = "out/receipt.json";

        var settings = Resolve("""{ "receiptDirectory": "done" }""");

        Assert.That(
            settings.Receipt,
            Is.EqualTo(new ReceiptLocation(_folder["out/receipt.json"], IsFolder: false))
        );
    }

    [Test]
    public void An_empty_receipt_variable_counts_as_unset()
    {
        _variables["MIGRATION_RECEIPT_PATH"] = "";

        Assert.That(Resolve("""{ "receiptDirectory": "done" }""").Receipt?.IsFolder, Is.True);
    }

    [TestCase("postgres://user:c4n4ry@host/db")]
    [TestCase("Data Source=n.db;Password=c4n4ry")]
    [TestCase("Host=h; pwd = c4n4ry ;Database=d")]
    public void A_literal_password_is_a_warning_and_becomes_a_secret(string connection)
    {
        var settings = Resolve($$"""{ "connection": "{{connection}}" }""", option: "n.db");

        Assert.Multiple(() =>
        {
            Assert.That(
                settings.Warnings,
                Is.EqualTo([
                    "deploy/migrations.json: the connection of environment live holds a literal secret; write ${VARIABLE} instead.",
                ])
            );
            Assert.That(_redactor.Clean("say c4n4ry"), Is.EqualTo("say ***"));
        });
    }

    [TestCase("n.db")]
    [TestCase("postgres://user@host/db")]
    [TestCase("postgres://user:${SECRET}@host/db")]
    [TestCase("Host=h;Password=${SECRET}")]
    [TestCase("Host=h;Password=")]
    public void A_connection_without_a_literal_password_is_no_warning(string connection)
    {
        Assert.That(
            Resolve($$"""{ "connection": "{{connection}}" }""", option: "n.db").Warnings,
            Is.Empty
        );
    }

    [Test]
    public void Environments_that_were_not_chosen_are_warned_about_too()
    {
        _folder.Write(
            "deploy/migrations.json",
            """
            {
              "environments": {
                "live": { "connection": "n.db" },
                "old": { "connection": "postgres://user:c4n4ry@host/db" }
              }
            }
            """
        );

        var settings = SettingsResolver.Resolve(
            InDeploy,
            TestProgram.With(_variables.GetValueOrDefault),
            _redactor
        );

        Assert.That(settings.Warnings, Has.One.Contains("environment old"));
    }

    private Settings Resolve(string environment, string? option = null)
    {
        _folder.Write(
            "deploy/migrations.json",
            $$"""{ "environments": { "live": {{environment}} } }"""
        );
        return SettingsResolver.Resolve(
            InDeploy with
            {
                Connection = option,
            },
            TestProgram.With(_variables.GetValueOrDefault),
            _redactor
        );
    }
}
