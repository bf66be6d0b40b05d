using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Concurrency;

/// <summary>Exit codes 130 and 143: interrupted, and the database is as before.</summary>
public sealed class SignalTests : WorkplaceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public Task A_waiting_run_ends_at_once_and_changes_nothing(string signal, int exitCode) =>
        Within(
            Soon,
            async () =>
            {
                Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
                var before = Place.Dump("x.db");
                using var held = Place.HoldLock("x.db");
                using var up = Place.Start("up", "-c", "x.db");
                await up.WaitForErrorLine("waiting for the lock");

                var (result, taken) = await EndBy(signal, up);

                result.Exits(exitCode);
                Assert.That(result.Error, Does.Contain($"Interrupted by SIG{signal}"));
                Assert.That(result.Output, Does.Match("not-run +20240501120000_GithubIntegration"));
                held.Close();
                Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
                Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
                Place.Run("up", "-c", "x.db").Exits(0);
                return taken;
            }
        );

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public Task A_long_statement_is_interrupted_and_undone(string signal, int exitCode) =>
        Within(
            Soon,
            async () =>
            {
                var before = MigrateWithDown($"DROP TABLE agent_repo_capabilities; {Endless}");
                using var down = Place.Start("down", "-c", "x.db", "--yes", "--verbose");
                await down.WaitForErrorLine("DROP TABLE agent_repo_capabilities");

                var (result, taken) = await EndBy(signal, down);

                result.Exits(exitCode);
                Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
                Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
                return taken;
            }
        );

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public Task A_run_that_does_not_stop_is_ended_and_undone(string signal, int exitCode) =>
        Within(
            Soon,
            async () =>
            {
                var before = MigrateWithDown($"DROP TABLE agent_repo_capabilities; {Deaf}");
                Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];
                using var down = Place.Start("down", "-c", "x.db", "--yes", "--verbose", "--json");
                await WaitUntilDeaf(down);

                down.Signal(signal);
                var (result, taken) = await EndBy(signal, down);

                result.Exits(exitCode);
                var said = $"Interrupted by SIG{signal}; the run did not stop";
                Assert.That(result.Error, Does.Contain(said));
                var answer = JsonElement.Parse(result.Output);
                Assert.That(answer.GetProperty("exitCode").GetInt32(), Is.EqualTo(exitCode));
                var receipt = File.ReadAllText(Place["receipt.json"]);
                Assert.That(receipt, Does.Contain("Interrupted by SIG"));
                Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
                Place.Run("up", "-c", "x.db").Exits(0);
                return taken;
            }
        );

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_run_that_waits_for_readers_at_its_commit_is_undone(
        string signal,
        int exitCode
    )
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        var before = Place.Dump("x.db");
        using var reader = await Place.Hold("x.db", "BEGIN; SELECT count(*) FROM agents;");
        using var up = Place.Start("up", "-c", "x.db");
        await up.WaitForErrorLine("waiting for the lock");

        up.Signal(signal);

        var result = await up.WaitForEndAsync();
        result.Exits(exitCode);
        Assert.That(result.Output, Does.Match("undone +20240501120000_GithubIntegration"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_commit_that_has_begun_is_not_cut_short()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        using var up = await Place.StartAndDelay("fsync", "up", "-c", "x.db");
        Assert.That(Place.Files, Does.Contain("x.db-journal"), "the commit waits for the disk");

        up.Signal("INT");

        var result = await up.WaitForEndAsync();
        result.Exits(0);
        Assert.That(result.Output, Does.Contain("applied"));
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
    }

    [Test]
    public Task A_signal_while_a_person_is_asked_ends_the_program_at_once() =>
        Within(
            Soon,
            async () =>
            {
                Place.Run("up", "-c", "x.db").Exits(0);
                Place.Sqlite("x.db", "INSERT INTO agent_repo_capabilities VALUES ('a', 1, '[]');");
                var before = Place.Dump("x.db");
                using var down = DownOnTerminal();
                await down.WaitForOutput("Continue? [y/N]");
                var clock = Stopwatch.StartNew();

                // What a terminal turns into SIGINT when somebody presses Ctrl+C.
                down.Type("\u0003");

                var result = await down.WaitForEndAsync();
                var taken = clock.Elapsed;
                result.Exits(130);
                Assert.That(result.Output, Does.Contain("Interrupted by SIGINT."));
                Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
                return taken;
            }
        );

    [Test]
    public async Task A_person_on_a_terminal_can_say_yes()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "INSERT INTO agent_repo_capabilities VALUES ('a', 1, '[]');");
        using var down = DownOnTerminal();
        await down.WaitForOutput("Continue? [y/N]");

        down.Type("y\n");

        (await down.WaitForEndAsync()).Exits(0);
        Assert.That(Place.Objects("x.db"), Does.Not.Contain("agent_repo_capabilities"));
    }

    private RunningCommand DownOnTerminal() =>
        Place.StartOnTerminal("down", "-c", "x.db", "--to", Core);

    private static async Task<(CommandResult, TimeSpan)> EndBy(string signal, RunningCommand run)
    {
        var clock = Stopwatch.StartNew();
        run.Signal(signal);
        var result = await run.WaitForEndAsync();
        return (result, clock.Elapsed);
    }

    /// <summary>When the run's memory holds what it compares, it is in the function that compares it.</summary>
    private static async Task WaitUntilDeaf(RunningCommand run)
    {
        while (KibibytesOf(run) < BytesCompared / 1024)
        {
            await Task.Delay(5);
        }
    }

    private static int KibibytesOf(RunningCommand run)
    {
        var line = File.ReadLines($"/proc/{run.Id}/status")
            .FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        Assert.That(line, Is.Not.Null, "the run has ended");
        return int.Parse(line![6..].Replace("kB", ""), CultureInfo.InvariantCulture);
    }

    /// <summary>Migrates, and gives the newest migration another stored way back.</summary>
    private string MigrateWithDown(string sql)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        var quoted = sql.Replace("'", "''", StringComparison.Ordinal);
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = '{quoted}' WHERE Version = {Github};"
        );
        return Place.Dump("x.db");
    }

    private const int BytesCompared = 150_000_000;

    /// <summary>One call of a function, which SQLite cannot interrupt; it would take hours.</summary>
    private const string Deaf = "SELECT instr(zeroblob(100000000), zeroblob(50000000) || x'01');";

    private const string Endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;";
}
