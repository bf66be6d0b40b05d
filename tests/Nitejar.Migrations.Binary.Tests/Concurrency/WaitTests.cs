using System.Diagnostics;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Concurrency;

/// <summary><c>--wait</c>: for a database that is not there yet.</summary>
public sealed class WaitTests : WorkplaceTests
{
    [TestCase("up", "mnt/x.db")]
    [TestCase("status", "mnt/x.db")]
    [TestCase("up", "file:mnt/x.db?mode=rw")]
    [TestCase("history", "Data Source=mnt/x.db;Mode=ReadOnly")]
    public async Task A_folder_that_appears_ends_the_wait(string command, string connection)
    {
        Directory.CreateDirectory(Place["made"]);
        Place.Run("up", "-c", "made/x.db", "--to", Core).Exits(0);
        using var run = Place.Start(command, "-c", connection, "--wait", "30s");
        await run.WaitForErrorLine("waiting for mnt/x.db to answer, until ");

        Directory.Move(Place["made"], Place["mnt"]);

        var result = await run.WaitForEndAsync();
        result.Exits(0);
        Assert.That(result.Error.Split("waiting").Length - 1, Is.EqualTo(1), $"{result}");
    }

    [Test]
    public async Task A_file_that_must_exist_is_waited_for()
    {
        Place.Run("up", "-c", "made.db", "--to", Core).Exits(0);
        using var run = Place.Start("up", "-c", "file:x.db?mode=rw", "--wait", "30s");
        await run.WaitForErrorLine("waiting for x.db to answer");

        File.Move(Place["made.db"], Place["x.db"]);

        (await run.WaitForEndAsync()).Exits(0);
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
    }

    [TestCase("up")]
    [TestCase("down")]
    [TestCase("status")]
    public void When_the_time_is_up_the_error_is_the_usual_one(string command)
    {
        var clock = Stopwatch.StartNew();

        var result = Within(
            TimeSpan.FromSeconds(5),
            () => Place.Run(command, "-c", "file:x.db?mode=rw", "--wait", "500ms").Exits(7)
        );

        Assert.That(clock.ElapsedMilliseconds, Is.GreaterThan(490));
        Assert.That(
            result.Error,
            Does.Contain("x.db does not exist").And.Contains("also after waiting 0.5 s (--wait).")
        );
    }

    [TestCase(
        "garbage that is not a database, and long enough to be read as one",
        "is not a SQLite"
    )]
    [TestCase("", "is empty")]
    public void What_time_does_not_heal_is_not_waited_for(string content, string error)
    {
        Place.Write("x.db", content);

        var result = Place.Run("up", "-c", "x.db", "--wait", "30s").Exits(7);

        Assert.That(result.Error, Does.Contain(error).And.Not.Contains("wait"));
    }

    [Test]
    public void A_folder_in_the_place_of_the_file_is_not_waited_for()
    {
        Directory.CreateDirectory(Place["x.db"]);

        Assert.That(
            Place.Run("up", "-c", "x.db", "--wait", "30s").Exits(7).Error,
            Does.Not.Contain("wait")
        );
    }

    [TestCase("up")]
    [TestCase("status")]
    public void A_database_that_may_be_created_is_not_waited_for(string command)
    {
        var result = Place.Run(command, "-c", "x.db", "--wait", "30s").Exits(0);

        Assert.That(result.Error, Does.Not.Contain("waiting"));
    }

    [TestCase("up", "INT", 130)]
    [TestCase("up", "TERM", 143)]
    [TestCase("status", "INT", 130)]
    [TestCase("status", "TERM", 143)]
    public Task A_signal_ends_the_wait(string command, string signal, int exitCode) =>
        Within(
            TimeSpan.FromSeconds(2),
            async () =>
            {
                using var run = Place.Start(command, "-c", "none/x.db", "--wait", "30s");
                await run.WaitForErrorLine("waiting for none/x.db");
                var clock = Stopwatch.StartNew();

                run.Signal(signal);

                (await run.WaitForEndAsync()).Exits(exitCode);
                Assert.That(Place.Files, Is.Empty);
                return clock.Elapsed;
            }
        );
}
