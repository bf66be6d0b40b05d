using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Copies;

/// <summary>Copying a database that others read and write, and a copy that is cut short.</summary>
public sealed class BackupInUseTests : WorkplaceTests
{
    private const int Megabytes = 60;
    private const int PagesOfAMegabyte = 244;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Test]
    public void A_log_that_is_not_checkpointed_is_in_it_while_a_reader_is_open()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        using var reader = Open("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; BEGIN");
        Execute(reader, "SELECT count(*) FROM agents");
        using var writer = Open("PRAGMA wal_autocheckpoint=0");
        Execute(writer, "INSERT INTO agents (id, name) VALUES ('a1', 'in the log')");

        Place.Run("backup", "-c", "x.db", "--to", "b").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["b", "x.db", "x.db-shm", "x.db-wal"]));
        Assert.That(Place.Sqlite("b", "SELECT name FROM agents;"), Is.EqualTo("in the log"));
    }

    [TestCase("WAL")]
    [TestCase("DELETE")]
    public async Task A_copy_is_one_moment_of_a_database_that_is_written_all_the_time(
        string journalMode
    )
    {
        RowsOf.Megabytes(Place, "x.db", Megabytes, "0");
        Open($"PRAGMA journal_mode={journalMode}").Dispose();
        using var stop = new CancellationTokenSource();
        using var written = new SemaphoreSlim(0);
        var writing = Task.Run(() => WriteUntil(written, stop.Token));

        for (var i = 0; i < 3; i++)
        {
            // The writer may have been kept out by the copy before; each copy is to be of another moment.
            Assert.That(await written.WaitAsync(TimeSpan.FromMinutes(1)), "nothing is written");
            Place.Run("backup", "-c", "x.db", "--to", $"b{i}").Exits(0);
        }

        await stop.CancelAsync();
        await writing;
        for (var i = 0; i < 3; i++)
        {
            var mark = RowsOf.MarkOf(Place, $"b{i}").Split('\n')[1].Split(' ');
            Assert.That(mark[0], Is.EqualTo(mark[1]), "the first page and the last one");
        }
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public Task A_signal_ends_it_and_leaves_nothing(string signal, int exitCode) =>
        Within(
            Soon,
            async () =>
            {
                RowsOf.Megabytes(Place, "x.db", Megabytes, "whole");
                using var backup = await Place.StartAndStop(
                    "pwrite64",
                    PagesOfAMegabyte,
                    ["backup", "-c", "x.db", "--to", "b"]
                );
                Assert.That(Parts(), Is.Not.Empty, "the copy is under way");
                backup.Signal(signal);
                var clock = Stopwatch.StartNew();

                backup.Signal("CONT");

                (await backup.WaitForEndAsync()).Exits(exitCode);
                var taken = clock.Elapsed;
                Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
                return taken;
            }
        );

    [Test]
    public async Task A_signal_ends_the_wait_for_a_writer()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        using var writer = Open("BEGIN EXCLUSIVE");
        using var backup = Place.Start("backup", "-c", "x.db");
        await backup.WaitForErrorLine("waiting for the lock");

        backup.Signal("TERM");

        (await backup.WaitForEndAsync()).Exits(143);
    }

    [Test]
    public void One_that_is_killed_leaves_at_most_a_part_under_a_temporary_name()
    {
        RowsOf.Megabytes(Place, "x.db", Megabytes, "whole");
        foreach (var call in (int[])[1, PagesOfAMegabyte, Megabytes * PagesOfAMegabyte])
        {
            var killed = Place.KilledAt("pwrite64", call, "backup", "-c", "x.db").Run();
            Assert.That(killed.ExitCode, Is.EqualTo(137));

            Assert.That(Parts(), Is.Not.Empty);
            Assert.That(Place.Files, Has.All.Matches<string>(f => f is "x.db" || IsPart(f!)));
            Assert.That(RowsOf.MarkOf(Place, "x.db"), Is.EqualTo($"ok\nwhole whole {Megabytes}"));
            foreach (var part in Parts())
            {
                File.Delete(part);
            }
        }
    }

    private static bool IsPart(string file) =>
        file.Contains(".backup.new-", StringComparison.Ordinal);

    private string[] Parts() => Directory.GetFiles(Place.Folder, "*.new-*");

    /// <summary>Changes a row near the beginning and one near the end of the file together.</summary>
    private void WriteUntil(SemaphoreSlim written, CancellationToken stop)
    {
        using var writer = Open("PRAGMA synchronous=OFF");
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            Execute(
                writer,
                $"BEGIN IMMEDIATE; UPDATE mark SET text = '{count}'; UPDATE late SET text = '{count}'; COMMIT"
            );
            if (written.CurrentCount == 0)
            {
                written.Release();
            }
        }
    }

    private SqliteConnection Open(string sql)
    {
        var connection = new SqliteConnection($"Data Source={Place["x.db"]};Pooling=False");
        connection.Open();
        Execute(connection, sql);
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
