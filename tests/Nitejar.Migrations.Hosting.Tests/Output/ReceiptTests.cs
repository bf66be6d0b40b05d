using System.Text.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Output;

public sealed class ReceiptTests
{
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void A_run_leaves_the_fields_that_the_runtime_reads()
    {
        var receipt = ReceiptOf(Library.Host(), "up");

        Assert.Multiple(() =>
        {
            Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("ok"));
            Assert.That(
                receipt.GetProperty("dbPath").GetString(),
                Is.EqualTo(Path.GetFullPath("nitejar.db"))
            );
            Assert.That(receipt.GetProperty("cutoverStatus").GetString(), Is.EqualTo("skipped"));
            Assert.That(receipt.GetProperty("cutoverReason").GetString(), Is.Not.Empty);
            Assert.That(receipt.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(
                receipt.GetProperty("finishedAt").GetDateTime(),
                Is.GreaterThanOrEqualTo(receipt.GetProperty("startedAt").GetDateTime())
            );
            Assert.That(receipt.GetProperty("steps").GetArrayLength(), Is.EqualTo(3));
        });
    }

    [Test]
    public void A_run_that_fails_leaves_its_error()
    {
        var receipt = ReceiptOf(new Host(Library.Shelves, Library.Broken), "up");

        Assert.Multiple(() =>
        {
            Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("error"));
            Assert.That(receipt.GetProperty("exitCode").GetInt32(), Is.EqualTo(1));
            Assert.That(
                receipt.GetProperty("error").GetString(),
                Does.Contain("20250401000000_Broken")
            );
        });
    }

    [Test]
    public void A_folder_collects_a_file_of_each_run()
    {
        _folder.Write(
            "migrations.json",
            """
            {
              "defaultEnvironment": "live",
              "environments": { "live": { "connection": "n.db", "receiptDirectory": "done" } }
            }
            """
        );

        Library.Host().Run("up");
        Library.Host().Run("up");
        Library.Host().Run("down");

        Assert.That(
            new DirectoryInfo("done").GetFiles().Select(file => file.Name),
            Has.Exactly(3).Match(@"^\d{8}T\d{6}Z-(up|down)-[0-9a-f-]{36}\.json$")
        );
    }

    [TestCase("status")]
    [TestCase("history")]
    [TestCase("up --dry-run")]
    [TestCase("up --dry-run --bogus")]
    [TestCase("status --bogus")]
    public void What_changes_nothing_leaves_none(string call)
    {
        var host = Library.Host();
        host.Variables["MIGRATION_RECEIPT_PATH"] = "receipt.json";

        host.Run(call.Split(' '));

        Assert.That(_folder["receipt.json"], Does.Not.Exist);
    }

    [TestCase("down --bogus", null)]
    [TestCase("up -c postgres:host", null)]
    [TestCase("up -c x.db --plan missing.json", "x.db")]
    [TestCase("restore -c x.db", null)]
    public void A_call_that_is_wrong_leaves_its_error(string call, string? database)
    {
        var host = Library.Host();
        host.Variables["MIGRATION_RECEIPT_PATH"] = "receipt.json";

        var outcome = host.Run(call.Split(' '));

        var receipt = JsonElement.Parse(File.ReadAllText(_folder["receipt.json"]));
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(receipt.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
            Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("error"));
            Assert.That(receipt.GetProperty("error").GetString(), Is.Not.Empty);
            Assert.That(receipt.GetProperty("command").GetString(), Is.EqualTo(call.Split(' ')[0]));
            Assert.That(
                receipt.GetProperty("dbPath").GetString(),
                Is.EqualTo(database is null ? null : Path.GetFullPath(database))
            );
        });
    }

    [Test]
    public void A_call_that_is_wrong_leaves_it_in_the_folder_of_its_environment()
    {
        _folder.Write(
            "migrations.json",
            """{ "environments": { "live": { "connection": "n.db", "allowDown": false, "receiptDirectory": "done" } } }"""
        );

        Assert.That(Library.Host().Run("down", "-e", "live").ExitCode, Is.EqualTo(6));

        Assert.That(new DirectoryInfo("done").GetFiles(), Has.Length.EqualTo(1));
    }

    [TestCase("nitejar.db-wal")]
    [TestCase("nitejar.db")]
    public void A_wrong_call_never_takes_the_place_of_a_database(string place)
    {
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-c", "nitejar.db"));
        var before = Directory.GetFiles(".").Select(file => (file, new FileInfo(file).Length));
        var host = Library.Host();
        host.Variables["MIGRATION_RECEIPT_PATH"] = place;

        Assert.That(host.Run("up", "--bogus").ExitCode, Is.EqualTo(2));

        Assert.That(
            Directory.GetFiles(".").Select(file => (file, new FileInfo(file).Length)),
            Is.EqualTo(before.ToArray())
        );
    }

    [Test]
    public void A_receipt_that_cannot_be_written_is_a_warning()
    {
        _folder.Write("file", "");
        var host = Library.Host();
        host.Variables["MIGRATION_RECEIPT_PATH"] = "file/receipt.json";

        var outcome = host.Run("up");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero);
            Assert.That(outcome.Lines, Has.One.StartsWith("warning: The receipt "));
        });
    }

    private JsonElement ReceiptOf(Host host, string command)
    {
        host.Variables["MIGRATION_RECEIPT_PATH"] = "receipt.json";
        host.Run(command);
        return JsonElement.Parse(File.ReadAllText(_folder["receipt.json"]));
    }
}
