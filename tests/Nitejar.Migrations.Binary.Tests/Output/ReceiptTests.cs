using System.Runtime.Versioning;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed class ReceiptTests : WorkplaceTests
{
    private const string Variable = "MIGRATION_RECEIPT_PATH";

    [Test]
    public void A_run_leaves_the_fields_that_Nitejar_reads()
    {
        Place.Variables[Variable] = Place["receipt.json"];
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        Place.Run("up", "-c", "x.db").Exits(0);

        var receipt = Read("receipt.json");
        var startedAt = receipt.GetProperty("startedAt").GetDateTimeOffset();
        var finishedAt = receipt.GetProperty("finishedAt").GetDateTimeOffset();
        Assert.That(startedAt, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(finishedAt, Is.InRange(startedAt, DateTimeOffset.UtcNow.AddSeconds(1)));
        Assert.That(receipt.GetProperty("dbPath").GetString(), Does.EndWith("x.db"));
        Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("ok"));
        Assert.That(receipt.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(receipt.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(2));
        Assert.That(receipt.GetProperty("steps").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void The_receipt_and_the_journal_name_the_same_run()
    {
        Place.Variables[Variable] = "receipt.json";

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(
            Read("receipt.json").GetProperty("runId").GetString(),
            Is.EqualTo(Place.Sqlite("x.db", "SELECT DISTINCT RunId FROM VersionJournal;"))
        );
    }

    [Test]
    public void A_failed_run_leaves_its_error()
    {
        Place.Variables[Variable] = Place["receipt.json"];
        Place.Sqlite("x.db", "CREATE TABLE agents (id);");

        Place.Run("up", "-c", "x.db").Exits(6);

        var receipt = Read("receipt.json");
        Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("error"));
        Assert.That(receipt.GetProperty("error").GetString(), Does.Contain("agents"));
        Assert.That(receipt.GetProperty("exitCode").GetInt32(), Is.EqualTo(6));
    }

    [TestCase(5)]
    [TestCase(7)]
    public void A_run_that_never_began_leaves_its_error_too(int exitCode)
    {
        Place.Variables[Variable] = Place["receipt.json"];
        Place.Write("garbage.db", new string('x', 2000));
        Place.Sqlite("locked.db", "CREATE TABLE t (a);");
        using var held = Place.HoldLock("locked.db");

        Place
            .Run("up", "-c", exitCode == 5 ? "locked.db" : "garbage.db", "--lock-timeout", "0")
            .Exits(exitCode);

        Assert.That(
            Read("receipt.json").GetProperty("migrationStatus").GetString(),
            Is.EqualTo("error")
        );
    }

    [Test]
    public void A_folder_collects_one_receipt_a_run()
    {
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "x.db", "receiptDirectory": "receipts" } } }"""
        );

        Place.Run("up").Exits(0);
        Place.Run("down", "--all").Exits(0);

        var commands = Directory
            .EnumerateFiles(Place["receipts"])
            .Select(file => Read(file).GetProperty("command").GetString());
        Assert.That(commands, Is.EquivalentTo((string[])["up", "down"]));
    }

    [TestCase("status")]
    [TestCase("history")]
    [TestCase("schema")]
    [TestCase("up", "--dry-run")]
    public void What_only_reads_leaves_none(params string[] command)
    {
        Place.Variables[Variable] = Place["receipt.json"];

        Place.Run([.. command, "-c", "x.db"]).Exits(0);

        Assert.That(Place.Files, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_it_also_when_it_replaces_another()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Place.Variables[Variable] = Place["receipt.json"];
        Place.Write("receipt.json", "older");
        File.SetUnixFileMode(Place["receipt.json"], OwnerOnly | UnixFileMode.OtherRead);

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(File.GetUnixFileMode(Place["receipt.json"]), Is.EqualTo(OwnerOnly));
        Assert.That(Place.Files, Is.EqualTo((string[])["receipt.json", "x.db"]));
    }

    [Test]
    public void A_symbolic_link_is_replaced_and_its_target_not_touched()
    {
        Place.Variables[Variable] = Place["receipt.json"];
        Place.Write("precious.txt", "precious");
        File.CreateSymbolicLink(Place["receipt.json"], Place["precious.txt"]);

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(File.ReadAllText(Place["precious.txt"]), Is.EqualTo("precious"));
        Assert.That(new FileInfo(Place["receipt.json"]).LinkTarget, Is.Null);
        Assert.That(
            Read("receipt.json").GetProperty("migrationStatus").GetString(),
            Is.EqualTo("ok")
        );
    }

    [Test]
    public void A_receipt_that_cannot_be_written_is_a_warning()
    {
        Directory.CreateDirectory(Place["receipt.json"]);
        Place.Variables[Variable] = Place["receipt.json"];

        var result = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(result.Error, Does.StartWith("warning: ").And.Contains("receipt.json"));
        Assert.That(Place.Files, Is.EqualTo((string[])["receipt.json", "x.db"]));
    }

    private JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Place[file]));
        return document.RootElement.Clone();
    }
}
