using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

public sealed class StatusReadsOnlyTests : WorkplaceTests
{
    [TestCase("x.db")]
    [TestCase("none/x.db")]
    public void A_database_that_does_not_exist_is_all_pending_and_not_made(string path)
    {
        var result = Place.Run("status", "-c", path).Exits(0);

        Assert.That(
            result.Output,
            Does.Contain("does not exist yet").And.Contains("0 applied, 2 pending")
        );
        Assert.That(Place.Files, Is.Empty);
    }

    [TestCase(0, "history")]
    [TestCase(0, "schema")]
    [TestCase(0, "up", "--dry-run")]
    [TestCase(7, "down", "--dry-run")]
    [TestCase(7, "down")]
    [TestCase(7, "adopt")]
    [TestCase(7, "drift")]
    public void Nothing_else_that_reads_makes_one_either(int exitCode, params string[] command)
    {
        Place.Run([.. command, "-c", "x.db"]).Exits(exitCode);

        Assert.That(Place.Files, Is.Empty);
    }

    [TestCase("status")]
    [TestCase("history")]
    [TestCase("schema")]
    public void Reading_leaves_nothing_beside_a_database_in_wal_mode(string command)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "PRAGMA journal_mode = WAL;");
        var before = File.ReadAllBytes(Place["x.db"]);

        Place.Run(command, "-c", "x.db").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
    }

    [Test]
    public void A_database_without_history_gets_no_table()
    {
        Place.Sqlite("x.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1);");
        var before = File.ReadAllBytes(Place["x.db"]);

        Place.Run("status", "-c", "x.db").Exits(0);

        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
    }

    [Test]
    public void Commits_that_are_still_in_the_log_are_seen()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        Place.Sqlite("x.db", "PRAGMA journal_mode = WAL;");
        using var writer = Place.HoldLock("x.db");
        using var commit = writer.CreateCommand();
        commit.CommandText =
            "INSERT INTO VersionInfo VALUES (20990101000000, CURRENT_TIMESTAMP, 'FromTheFuture'); COMMIT;";
        commit.ExecuteNonQuery();

        var result = Place.Run("status", "-c", "x.db").Exits(0);

        Assert.That(result.Output, Does.Match("unknown +20990101000000_FromTheFuture"));
    }
}
