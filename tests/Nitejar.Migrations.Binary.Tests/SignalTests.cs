using System.Diagnostics;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests;

/// <summary>Exit codes 130 and 143: interrupted, and the database is as before.</summary>
public sealed class SignalTests : WorkplaceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_waiting_run_ends_at_once_and_changes_nothing(string signal, int exitCode)
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        var before = Place.Dump("x.db");
        var held = Place.HoldLock("x.db");
        await using (held)
        {
            using var up = Place.Start("up", "-c", "x.db");
            await up.WaitForErrorLine("waiting for the lock");
            var clock = Stopwatch.StartNew();

            up.Signal(signal);

            var result = await up.WaitForEndAsync();
            Assert.That(clock.Elapsed, Is.LessThan(Soon));
            result.Exits(exitCode);
            Assert.That(result.Error, Does.Contain($"Interrupted by SIG{signal}"));
            Assert.That(result.Output, Does.Match("not-run +20240501120000_GithubIntegration"));
        }

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
        Place.Run("up", "-c", "x.db").Exits(0);
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_long_statement_is_interrupted_and_undone(string signal, int exitCode)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = 'DROP TABLE agent_repo_capabilities; {Endless}' WHERE Version = {Github};"
        );
        var before = Place.Dump("x.db");
        using var down = Place.Start("down", "-c", "x.db", "--yes", "--verbose");
        await down.WaitForErrorLine("DROP TABLE agent_repo_capabilities");
        var clock = Stopwatch.StartNew();

        down.Signal(signal);

        var result = await down.WaitForEndAsync();
        Assert.That(clock.Elapsed, Is.LessThan(Soon));
        result.Exits(exitCode);
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    private const string Endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;";
}
