using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests;

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
