using System.Runtime.Versioning;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Copies;

/// <summary>Back to a backup, whatever became of the database since.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class RestoreTests : WorkplaceTests
{
    private const int Megabytes = 20;
    private const int Pages = 244 * Megabytes;

    [SetUp]
    public void MigrateFillAndKeep()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        RowsOf.Agent(Place, "x.db");
        Place.Run("backup", "-c", "x.db", "--to", "kept").Exits(0);
    }

    [Test]
    public void The_database_is_as_in_the_backup_and_what_was_there_is_kept()
    {
        var kept = Place.Dump("x.db");
        Place.Run("down", "-c", "x.db", "--all", "--yes", "--no-backup").Exits(0);
        var lost = Place.Dump("x.db");

        var restore = Place.Run("restore", "kept", "-c", "x.db", "--yes").Exits(0);

        Assert.That(DumpOfBackup("x.db"), Is.EqualTo(kept));
        var backup = Place.Files.Single(file => file.EndsWith(".backup", StringComparison.Ordinal));
        Assert.That(Place.Dump(backup), Is.EqualTo(lost));
        Assert.That(restore.Output, Does.Contain($"backup: {Place[backup]}\n"));
        Place.Run("up", "-c", "x.db").Exits(0);
    }

    [Test]
    public void The_history_of_the_restored_database_has_it()
    {
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);
        Place.Run("restore", Place["kept"], "-c", "x.db", "--yes").Exits(0);

        Assert.That(
            Place.Run("history", "-c", "x.db").Exits(0).Output,
            Does.Match(@"(?s)applied +20240501120000_GithubIntegration .* restored +kept .*2 runs")
        );
        using var json = JsonDocument.Parse(
            Place.Run("history", "-c", "x.db", "--json").Exits(0).Output
        );
        var restored = json.RootElement.GetProperty("entries").EnumerateArray().Last();
        Assert.That($"{restored.GetProperty("outcome")}", Is.EqualTo("restored"));
        Assert.That($"{restored.GetProperty("name")}", Is.EqualTo("kept"));

        // It says nothing of the migrations: what is applied can be reverted, and applied again.
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
        Place.Run("redo", "-c", "x.db", "--yes").Exits(0);
    }

    [Test]
    public void A_restored_file_without_a_history_gets_none()
    {
        Place.Sqlite("other", "CREATE TABLE t (a);");

        Place.Run("restore", "other", "-c", "x.db", "--yes").Exits(0);

        Assert.That(
            Place.Sqlite("x.db", "SELECT group_concat(name) FROM sqlite_master;"),
            Is.EqualTo("t")
        );
    }

    [Test]
    public void A_history_that_cannot_be_written_is_a_warning()
    {
        Place.Sqlite(
            "kept",
            "CREATE TRIGGER t AFTER INSERT ON VersionJournal BEGIN DELETE FROM agents; END;"
        );

        var restore = Place.Run("restore", "kept", "-c", "x.db", "--yes").Exits(0);

        Assert.That(
            restore.Error,
            Does.Contain("The restore is not in the history of the database")
        );
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM agents;"), Is.EqualTo("1"));
    }

    [Test]
    public void Nobody_is_surprised_without_yes()
    {
        Place.Run("down", "-c", "x.db", "--all", "--yes", "--no-backup").Exits(0);
        var before = Place.Dump("x.db");

        var refused = Place.Run("restore", "kept", "-c", "x.db").Exits(6);

        Assert.That(refused.Error, Does.Match("applied migrations +0 +2\n"));
        Assert.That(refused.Error, Does.Match("rows of agents +- +1\n"));
        Assert.That(refused.Error, Does.Contain("--yes"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo((string[])["kept", "x.db"]));
    }

    [Test]
    public void Without_a_backup_only_the_database_is_left()
    {
        Place.Run("restore", "kept", "-c", "x.db", "--yes", "--no-backup").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["kept", "x.db"]));
    }

    [Test]
    public void A_database_that_is_gone_is_made_for_its_owner_alone()
    {
        var restore = Place.Run("restore", "kept", "-c", "new.db").Exits(0);

        Assert.That(DumpOfBackup("new.db"), Is.EqualTo(Place.Dump("x.db")));
        Assert.That(
            File.GetUnixFileMode(Place["new.db"]),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
        Assert.That(restore.Output, Does.Not.Contain("backup:"));
    }

    [TestCase("garbage")]
    [TestCase("")]
    public void What_is_no_database_is_moved_aside_and_said(string content)
    {
        Place.Write("bad.db", content);
        Place.Run("restore", "kept", "-c", "bad.db").Exits(6);

        var restore = Place.Run("restore", "kept", "-c", "bad.db", "--yes", "--json").Exits(0);

        var aside = JsonElement.Parse(restore.Output).GetProperty("movedAside").GetString()!;
        Assert.That(aside, Does.StartWith(Place["bad.db"] + ".damaged-"));
        Assert.That(File.ReadAllText(aside), Is.EqualTo(content));
        Assert.That(DumpOfBackup("bad.db"), Is.EqualTo(Place.Dump("x.db")));
    }

    [TestCase("garbage", 7)]
    [TestCase("missing", 7)]
    [TestCase("/dev/zero", 7)]
    [TestCase(".", 7)]
    [TestCase("hard", 2)]
    [TestCase("x.db", 2)]
    public void What_is_no_backup_is_not_restored(string file, int exitCode)
    {
        var before = Place.Dump("x.db");
        Place.Write("garbage", "none");
        new Command(Programs.Require("ln"), Place.Folder, "x.db", "hard").Run().Exits(0);

        Place.Run("restore", file, "-c", "x.db", "--yes").Exits(exitCode);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(File.ReadAllText(Place["garbage"]), Is.EqualTo("none"));
        Assert.That(Place.Files, Is.EqualTo((string[])["garbage", "hard", "kept", "x.db"]));
    }

    [Test]
    public void A_database_in_use_is_left_alone()
    {
        using var holder = Place.HoldLock("x.db");

        var locked = Place
            .Run("restore", "kept", "-c", "x.db", "--yes", "--lock-timeout", "100ms")
            .Exits(5);

        Assert.That(locked.Error, Does.Contain("Stop the programs"));
        Assert.That(Place.Files, Does.Not.Contain("x.db-journal"));
    }

    [Test]
    public void A_receipt_tells_of_it()
    {
        Place.Variables["MIGRATION_RECEIPT_PATH"] = "receipt.json";

        Place.Run("restore", "kept", "-c", "x.db", "--yes").Exits(0);

        var receipt = JsonElement.Parse(File.ReadAllText(Place["receipt.json"]));
        Assert.That(receipt.GetProperty("command").GetString(), Is.EqualTo("restore"));
        Assert.That(receipt.GetProperty("migrationStatus").GetString(), Is.EqualTo("ok"));
        Assert.That(receipt.GetProperty("backup").GetString(), Does.EndWith(".backup"));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void Killed_at_any_point_the_database_is_the_old_or_the_new_one(string journalMode)
    {
        RowsOf.Megabytes(Place, "l.db", Megabytes, "old");
        Place.Sqlite("l.db", $".output /dev/null\nPRAGMA journal_mode={journalMode};");
        RowsOf.Megabytes(Place, "new", Megabytes, "new");
        string[] restore = ["restore", "new", "-c", "l.db", "--yes", "--no-backup"];
        foreach (var call in (int[])[1, 2, 3, 10, 100, 1000, Pages, Pages + 100])
        {
            var killed = Place.KilledAt("pwrite64", call, restore).Run();

            Assert.That(killed.ExitCode, Is.EqualTo(137));
            Assert.That(RowsOf.MarkOf(Place, "l.db"), Is.EqualTo($"ok\nold old {Megabytes}"));
        }

        Place.Run(restore).Exits(0);
        Assert.That(RowsOf.MarkOf(Place, "l.db"), Is.EqualTo($"ok\nnew new {Megabytes}"));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_signal_ends_it_and_the_database_is_the_old_one(string signal, int exitCode)
    {
        RowsOf.Megabytes(Place, "l.db", Megabytes, "old");
        RowsOf.Megabytes(Place, "new", Megabytes, "new");
        using var restore = await Place.StartAndStop(
            "pwrite64",
            100,
            ["restore", "new", "-c", "l.db", "--yes", "--no-backup"]
        );
        Assert.That(Place.Files, Does.Contain("l.db-journal"), "the restore is under way");

        restore.Signal(signal);
        restore.Signal("CONT");

        restore.WaitForEnd().Exits(exitCode);
        Assert.That(RowsOf.MarkOf(Place, "l.db"), Is.EqualTo($"ok\nold old {Megabytes}"));
        Assert.That(Place.Files, Is.EqualTo((string[])["kept", "l.db", "new", "x.db"]));
    }

    /// <summary>What a restored database has from its backup: all but the row that says so.</summary>
    private string DumpOfBackup(string file)
    {
        File.Copy(Place[file], Place["copy"]);
        Place.Sqlite(
            "copy",
            """
            DELETE FROM VersionJournal WHERE Outcome = 'restored';
            UPDATE sqlite_sequence SET seq = (SELECT max(Id) FROM VersionJournal) WHERE name = 'VersionJournal';
            """
        );
        var dump = Place.Dump("copy");
        File.Delete(Place["copy"]);
        return dump;
    }
}
