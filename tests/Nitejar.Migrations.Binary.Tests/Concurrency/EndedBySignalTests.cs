using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Concurrency;

/// <summary>Signals beside those of <see cref="SignalTests"/>, and commands that only read.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class EndedBySignalTests : WorkplaceTests
{
    private SqliteConnection? _holder;

    [SetUp]
    public void LetNobodyRead()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        _holder = Place.HoldLock("x.db");
        using var alone = _holder.CreateCommand();
        alone.CommandText = "COMMIT; BEGIN EXCLUSIVE";
        alone.ExecuteNonQuery();
    }

    [TearDown]
    public void Release() => _holder?.Dispose();

    [TestCase("up -c x.db")]
    [TestCase("status -c x.db")]
    public async Task A_lost_terminal_ends_the_command_as_other_signals_do(string command)
    {
        using var waiting = await WaitForLock(command);

        waiting.Signal("HUP");

        var result = await waiting.WaitForEndAsync();
        result.Exits(129);
        Assert.That(result.Error, Does.Contain("Interrupted by SIGHUP"));
    }

    /// <summary>The first process of a container does not get a signal that it does not ask for.</summary>
    [TestCase("status", "status")]
    [TestCase("status --check", "status")]
    [TestCase("schema", "schema")]
    [TestCase("history", "history")]
    [TestCase("archive list", "archive list")]
    [TestCase("archive purge --yes", "archive purge")]
    [TestCase("up --dry-run", "up")]
    public async Task A_command_that_reads_ends_by_itself(string command, string name)
    {
        foreach (var (signal, code) in ((string, int)[])[("INT", 130), ("TERM", 143)])
        {
            using var waiting = await WaitForLock($"{command} -c x.db --json");

            waiting.Signal(signal);

            var result = await waiting.WaitForEndAsync();
            result.Exits(code);
            using var answer = System.Text.Json.JsonDocument.Parse(result.Output);
            Assert.That(answer.RootElement.GetProperty("command").GetString(), Is.EqualTo(name));
            Assert.That(answer.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(code));
        }
    }

    /// <summary>Starts a command and comes back when it waits for somebody who lets nobody read.</summary>
    private async Task<RunningCommand> WaitForLock(string command)
    {
        var waiting = Place.Start(command.Split(' '));
        await waiting.WaitForErrorLine("waiting for the lock");
        return waiting;
    }
}
