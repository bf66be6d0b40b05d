using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Concurrency;

/// <summary>Exit code 5: somebody else held the lock for too long.</summary>
public sealed class LockTests : WorkplaceTests
{
    [SetUp]
    public void MigrateHalfWay() => Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);

    [TestCase("up")]
    [TestCase("down")]
    [TestCase("redo")]
    public void A_run_gives_up_when_the_time_is_over(string command)
    {
        var before = Place.Dump("x.db");
        using (Place.HoldLock("x.db"))
        {
            var result = Place.Run(command, "-c", "x.db", "--lock-timeout", "300ms").Exits(5);

            Assert.That(
                result.Error,
                Does.Contain("x.db is locked").And.Contains("--lock-timeout")
            );
            Assert.That(result.Error, Does.Contain("The database was not changed."));
        }

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void A_timeout_of_zero_does_not_wait()
    {
        using var held = Place.HoldLock("x.db");

        var result = Place.Run("up", "-c", "x.db", "--lock-timeout", "0").Exits(5);

        Assert.That(result.Error, Does.Not.Contain("waiting"));
    }

    [Test]
    public void The_timeout_of_the_environment_counts()
    {
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "x.db", "lockTimeout": "200ms" } } }"""
        );
        using var held = Place.HoldLock("x.db");

        Place.Run("up").Exits(5);
    }

    [Test]
    public async Task A_waiting_run_says_so_and_goes_on_when_the_lock_is_free()
    {
        using var held = Place.HoldLock("x.db");
        using var up = Place.Start("up", "-c", "x.db");
        await up.WaitForErrorLine("waiting for the lock on x.db, until ");

        held.Close();

        var result = await up.WaitForEndAsync();
        result.Exits(0);
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
    }

    [TestCase("BEGIN IMMEDIATE;", TestName = "A writer is named")]
    [TestCase("BEGIN; SELECT count(*) FROM agents;", TestName = "A reader is named at the commit")]
    [TestCase("PRAGMA journal_mode=WAL; BEGIN IMMEDIATE;", TestName = "A writer in WAL is named")]
    public async Task Who_holds_the_lock_is_named(string sql)
    {
        using var holder = await Place.Hold("x.db", sql);

        var result = Place.Run("up", "-c", "x.db", "--lock-timeout", "300ms", "--json").Exits(5);

        var named = $"process {holder.Id} (sqlite3)";
        Assert.That(result.Error, Does.Match($"waiting .* {holder.Id} \\(sqlite3\\) holds it\n"));
        Assert.That(result.Error, Does.Contain($"error: x.db is locked by {named} and was not"));
        Assert.That(result.Output, Does.Contain($"x.db is locked by {named} and was not"));
    }

    [Test]
    public async Task Who_reads_beside_a_writer_is_not_blamed()
    {
        using var reader = await Place.Hold("x.db", "BEGIN; SELECT count(*) FROM agents;");
        using var writer = await Place.Hold("x.db", "BEGIN IMMEDIATE;");

        var result = Place.Run("up", "-c", "x.db", "--lock-timeout", "300ms").Exits(5);

        Assert.That(result.Error, Does.Contain($"process {writer.Id} (sqlite3) holds it\n"));
    }

    [TestCase("status")]
    [TestCase("history")]
    [TestCase("schema")]
    [TestCase("up", "--dry-run")]
    public async Task Whoever_reads_waits_for_one_who_keeps_readers_out(params string[] command)
    {
        using var holder = await Place.Hold("x.db", "BEGIN EXCLUSIVE;");

        var result = Place.Run([.. command, "-c", "x.db", "--lock-timeout", "300ms"]).Exits(5);

        Assert.That(result.Error, Does.Contain("waiting for the lock on x.db, until "));
        Assert.That(result.Error, Does.Contain($"locked by process {holder.Id} (sqlite3)"));
    }

    [Test]
    public async Task A_process_cannot_steer_the_terminal_by_its_name()
    {
        var name = Place["\u001b[31m"];
        File.CreateSymbolicLink(name, Programs.Require("sqlite3"));
        using var holder = new Command(name, Place.Folder, "-batch", "x.db")
        {
            Input = null,
        }.Start();
        holder.Type("BEGIN IMMEDIATE;\n.shell echo held >&2\n");
        await holder.WaitForErrorLine("held");

        var result = Place.Run("up", "-c", "x.db", "--lock-timeout", "300ms").Exits(5);

        Assert.That(result.Error, Does.Contain("(?[31m)").And.Not.Contains('\u001b'));
    }

    [TestCase("up", "--to", Core)]
    [TestCase("status")]
    [TestCase("history")]
    [TestCase("schema")]
    [TestCase("up", "--dry-run")]
    public void Whoever_has_nothing_to_write_does_not_wait(params string[] command)
    {
        using var held = Place.HoldLock("x.db");

        Place.Run([.. command, "-c", "x.db", "--lock-timeout", "0"]).Exits(0);
    }
}
