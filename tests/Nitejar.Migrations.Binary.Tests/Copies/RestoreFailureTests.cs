using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Copies;

/// <summary>Backups and restores that the system cuts off, or that somebody is in the way of.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class RestoreFailureTests : WorkplaceTests
{
    /// <summary>In KiB; <c>ulimit -f</c> of POSIX counts in blocks of half as much.</summary>
    private const int LargestFile = 1000;

    [TestCase("backup -c large.db", 7)]
    [TestCase("backup -c large.db --to copy", 7)]
    [TestCase("down -c large.db --yes", 7)]
    [TestCase("restore large.db -c new.db", 7)]
    public void What_is_larger_than_allowed_is_an_error_and_leaves_nothing(
        string arguments,
        int exitCode
    )
    {
        MakeLarge();
        var before = Place.Files.ToArray();

        var result = WithLimit(arguments).Exits(exitCode);

        Assert.That(result.Error, Does.StartWith("error: "));
        Assert.That(Place.Files, Is.EqualTo(before));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void A_restore_that_the_disk_cuts_off_is_undone_before_it_is_reported(string journalMode)
    {
        MakeLarge();
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", $"PRAGMA journal_mode={journalMode}; PRAGMA page_size;");
        var content = Place.Dump("x.db");
        var (bytes, files) = (File.ReadAllBytes(Place["x.db"]), Place.Files.ToArray());

        WithLimit("restore large.db -c x.db --yes").Exits(7);

        Assert.That(Place.Files, Is.EqualTo(files));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(bytes));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(content));
    }

    [TestCase("DELETE", "BEGIN; SELECT count(*) FROM agents;")]
    [TestCase("WAL", "SELECT count(*) FROM agents;")]
    public async Task A_restore_names_who_it_waits_for(string journalMode, string use)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", $"PRAGMA journal_mode={journalMode};");
        Place.Run("backup", "-c", "x.db", "--to", "backup").Exits(0);
        using var user = Place
            .SqliteProgram("x.db", $"{use}\n.shell echo used >&2; sleep 60\n")
            .Start();
        await user.WaitForErrorLine("used");

        var result = Place
            .Run("restore", "backup", "-c", "x.db", "--yes", "--lock-timeout", "200ms")
            .Exits(5);

        Assert.That(
            result.Error,
            Does.Match("waiting for the lock on x.db, .*; process [0-9]+ \\(sqlite3\\) holds it")
                .And.Match("x.db is in use by process [0-9]+ \\(sqlite3\\)")
        );
    }

    [TestCase("4096")]
    [TestCase("16384")]
    public void A_database_in_WAL_mode_stays_in_it(string pageSize)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Run("backup", "-c", "x.db", "--to", "backup").Exits(0);
        Place.Sqlite("x.db", $"PRAGMA page_size={pageSize}; VACUUM; PRAGMA journal_mode=WAL;");

        Place.Run("restore", "backup", "-c", "x.db", "--yes").Exits(0);

        Assert.That(Place.Sqlite("x.db", "PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    private void MakeLarge()
    {
        Place.Run("up", "-c", "large.db").Exits(0);
        Place.Sqlite(
            "large.db",
            $"""
            INSERT INTO agents (id, name) VALUES ('a1', 'Ada');
            CREATE TABLE large (content BLOB);
            INSERT INTO large VALUES (randomblob({2 * LargestFile * 1024}));
            """
        );
    }

    private CommandResult WithLimit(string arguments) =>
        new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-c",
            $"ulimit -f {2 * LargestFile}; exec '{PublishedBinary.ProgramFile}' {arguments}"
        ).Run();
}
