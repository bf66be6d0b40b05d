using System.Diagnostics;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;
using Npgsql;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>A long transaction reads a table that a run changes: others are kept waiting for moments only, and the run ends or gives up in time.</summary>
public sealed class BusyTables : FaultTests
{
    /// <summary>A statement waits for a second at most, and everyone else behind it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Reads = TimeSpan.FromSeconds(4);

    [Test]
    public void Other_readers_come_through() => Check(Rig);

    [Test]
    public void The_run_gives_up_and_names_who_is_in_its_way() => CheckGivesUp(Rig);

    internal static void Check(Rig rig) =>
        rig.InTime($"a reader waits for more than {Longest}", () => ReadersComeThrough(rig));

    private static bool ReadersComeThrough(Rig rig)
    {
        using var place = PlaceWithRows(rig);
        using var reading = BeginRead(place);
        using var run = place.Site.Start("down", "-c", place.Connection, "--yes");
        run.WaitForErrorLine("waiting for the lock").GetAwaiter().GetResult();

        var longest = TimeSpan.Zero;
        using (var other = place.Open())
        {
            // Through several attempts of the run.
            for (var all = Stopwatch.StartNew(); all.Elapsed < Reads; )
            {
                var clock = Stopwatch.StartNew();
                ServerPlace.Execute(other, "SELECT count(*) FROM github_installations");
                longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            }
        }

        ServerPlace.Execute(reading, "ROLLBACK");
        run.WaitForEnd().RequireExit(0);
        return longest < Longest;
    }

    internal static void CheckGivesUp(Rig rig)
    {
        using var place = PlaceWithRows(rig);
        using var reading = BeginRead(place);

        var result = place.Site.RunToItsEnd(
            "down",
            "-c",
            place.Connection,
            "--yes",
            "--lock-timeout",
            "2s"
        );

        result.RequireExit(5);
        Require.That(
            result.Error.Contains("a_long_reader", StringComparison.Ordinal),
            $"does not name who is in its way: {result}"
        );
    }

    private static ServerPlace PlaceWithRows(Rig rig)
    {
        var place = new ServerPlace(rig);
        place.Site.Run("up", "-c", place.Connection).RequireExit(0);
        return place;
    }

    private static NpgsqlConnection BeginRead(ServerPlace place)
    {
        var reading = place.Open();
        ServerPlace.Execute(
            reading,
            "SET application_name = 'a_long_reader'; BEGIN; SELECT count(*) FROM github_installations"
        );
        return reading;
    }
}
