using System.Diagnostics;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>A runner is killed: its statement ends and its lock is free soon, and never is what it did committed.</summary>
public sealed class KilledRunners : FaultTests
{
    /// <summary>The server looks each second whether its client is there, and the next runner ten times.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    private static readonly SampleSize Deaths = new(1, 4, 40);

    private const string LongStatement =
        "CREATE TABLE half (a integer); SELECT pg_sleep(20); CREATE TABLE done (a integer);";

    [Test]
    public void While_it_executes_a_statement() => Check(Rig, "SELECT pg_sleep", isStopped: false);

    [Test]
    public void Between_two_statements() => Check(Rig, "CREATE TABLE half", isStopped: true);

    [Test]
    public void While_it_waits_for_the_lock() => CheckWaiting(Rig);

    internal static void Check(Rig rig, string moment, bool isStopped)
    {
        for (var i = 0; i < rig.Choose(Deaths); i++)
        {
            rig.InTime(
                $"the lock is held for more than {Soon}",
                () => IsSoonFree(rig, moment, isStopped)
            );
        }
    }

    private static bool IsSoonFree(Rig rig, string moment, bool isStopped)
    {
        using var place = PlaceWithLongDown(rig);
        using var holder = StartHolder(place);
        WaitUntilActive(place, isStopped ? null : moment);
        using var next = StartWaiting(place);

        var clock = Stopwatch.StartNew();
        holder.Signal("KILL");
        var result = next.WaitForEnd();
        var taken = clock.Elapsed;

        result.RequireExit(0);
        Require.Same(
            string.Join(
                ' ',
                place.Read("SELECT tablename FROM pg_tables WHERE tablename IN ('half', 'done')")
            ),
            "",
            "what the killed run did"
        );
        return taken < Soon;
    }

    internal static void CheckWaiting(Rig rig)
    {
        using var place = PlaceWithLongDown(rig);
        using var holder = StartHolder(place);
        WaitUntilActive(place, "SELECT pg_sleep");
        using (var waiting = StartWaiting(place))
        {
            waiting.Signal("KILL");
        }

        using var next = StartWaiting(place);
        holder.Signal("KILL");
        next.WaitForEnd().RequireExit(0);
    }

    private static ServerPlace PlaceWithLongDown(Rig rig)
    {
        var place = new ServerPlace(rig);
        place.Site.Run("up", "-c", place.Connection, "--to", Samples.Core).RequireExit(0);
        place.Execute($"""UPDATE "VersionJournal" SET "DownSql" = '{LongStatement}'""");
        return place;
    }

    private static RunningCommand StartHolder(ServerPlace place)
    {
        var holder = place.Site.Start("down", "-c", place.Connection, "--yes", "--verbose");
        holder.WaitForErrorLine("CREATE TABLE half").GetAwaiter().GetResult();
        return holder;
    }

    /// <summary>Returns when the server executes the statement, or the run has at least the lock.</summary>
    private static void WaitUntilActive(ServerPlace place, string? statement)
    {
        var query = statement is null
            ? "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
            : $"SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '{statement}%'";
        while (place.Read(query).Length == 0)
        {
            Thread.Yield();
        }
    }

    private static RunningCommand StartWaiting(ServerPlace place)
    {
        var next = place.Site.Start("up", "-c", place.Connection);
        var end = next.WaitForErrorLine("waiting for the lock");
        end.GetAwaiter().GetResult();
        return next;
    }
}
