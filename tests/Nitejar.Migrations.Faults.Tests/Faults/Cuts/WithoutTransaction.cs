using System.Collections.Concurrent;
using System.Text.Json;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Disks;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Nitejar.Migrations.Faults.Tests.Planted;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>
/// kill -9 or a power cut at every call of a run whose migration has no transaction: its place is known, nothing goes on
/// before somebody has settled it, and both ways of doing so get there. Runs beside it wait.
/// </summary>
/// <remarks>The published program has no such migration; the one with planted defects can be given one.</remarks>
public sealed class WithoutTransaction : FaultTests
{
    private const string Version = "20990101000000";
    private const int Runners = 4;
    private static readonly SampleSize Kills = new(10, 14, int.MaxValue);
    private static readonly SampleSize Cuts = new(10, 12, int.MaxValue);
    private static readonly SampleSize Starts = new(2, 3, 50);

    private Rig RigWithIt =>
        Rig.With(SharedPlantedProgram.Instance.With(defect: null, PlantedMigrations.Alone));

    [Test]
    public void An_interruption_is_seen_and_settled([Values] JournalMode mode) =>
        CheckKills(RigWithIt, mode);

    [Test]
    public void A_power_cut_is_seen_and_settled([Values] JournalMode mode) =>
        CheckCuts(RigWithIt, mode);

    [Test]
    public void Other_runs_wait_for_it() => CheckStarts(RigWithIt);

    internal static void CheckKills(Rig rig, JournalMode mode)
    {
        using var watched = NewSite(rig, mode);
        var before = ImageOf(watched);
        var (result, calls) = Tracer.Watch(watched, Up);
        result.RequireExit(0);
        var after = ImageOf(watched);
        var points = rig.Sample(calls, Kills);
        var seen = new ConcurrentBag<string>();
        Rig.Each(
            points.Index(),
            point =>
            {
                using var site = NewSite(rig, mode);
                Tracer.Disturb(site, point.Item, "signal=KILL", lasting: false, Up);

                seen.Add(RequireSettlement(site, point.Index % 2 == 0, before, after));
            }
        );
        RequireInterruptions(seen);
    }

    internal static void CheckCuts(Rig rig, JournalMode mode)
    {
        using var recorded = NewSite(rig, mode);
        var before = ImageOf(recorded);
        var outages = Outages.Of(rig, Cuts, recorded, Up);
        var after = ImageOf(recorded);
        var seen = new ConcurrentBag<string>();
        Rig.Each(
            outages.Index(),
            outage =>
            {
                using var site = outage.Item.Site;
                var state = RequireSettlement(site, outage.Index % 2 == 0, before, after);
                Require.That(
                    !outage.Item.Reported || state == "applied",
                    $"reported as applied, and {state}"
                );
                seen.Add(state);
            }
        );
        RequireInterruptions(seen);
    }

    /// <summary>Whatever was interrupted can be taken back, or brought to its end.</summary>
    /// <returns>How the migration stood before that.</returns>
    private static string RequireSettlement(Site site, bool isBack, string before, string after)
    {
        DatabaseImage.RequireSound(site.Database);
        var state = StateOf(site);
        if (state == "interrupted")
        {
            RequireRefusal(site);
        }

        isBack &= state == "interrupted";
        site.Run(isBack ? Down : [.. Up, "--resume"]).RequireExit(0);
        Require.Same(
            ImageOf(site),
            isBack ? before : after,
            $"the {state} database once it is settled"
        );
        DatabaseImage.RequireSound(site.Database);
        site.RequireLockFree();
        return state;
    }

    private static void RequireInterruptions(IEnumerable<string> seen)
    {
        TestContext.Out.WriteLine(
            string.Join(", ", seen.CountBy(state => state).Select(s => $"{s.Value} {s.Key}"))
        );
        Require.That(seen.Contains("interrupted"), "no run was interrupted between statements");
    }

    internal static void CheckStarts(Rig rig)
    {
        for (var start = 0; start < rig.Choose(Starts); start++)
        {
            using var site = NewSite(rig, JournalMode.Wal);
            var running = Enumerable.Range(0, Runners).Select(_ => site.Start(Up)).ToArray();
            var results = Array.ConvertAll(running, run => run.WaitForEnd());
            Array.ForEach(running, run => run.Dispose());

            Array.ForEach(results, result => result.RequireExit(0));
            Require.That(
                results.Count(result => result.ReportsSuccess()) == 1,
                "not one runner reports that it applied something"
            );
            using var connection = site.Open();
            Require.Same(
                string.Join(' ', connection.Read("SELECT name FROM alone")),
                "one two",
                "what the migration inserted"
            );
        }
    }

    private static string[] Down => ["down", "-c", "x.db", "--yes", "--no-archive", "--no-backup"];

    private static string[] Up => ["up", "-c", "x.db", "--no-backup"];

    private static string StateOf(Site site)
    {
        var status = site.Run("status", "-c", "x.db", "--json").RequireExit(0);
        using var json = JsonDocument.Parse(status.Output);
        var state = json
            .RootElement.GetProperty("migrations")
            .EnumerateArray()
            .Single(migration => $"{migration.GetProperty("version")}" == Version)
            .GetProperty("state")
            .GetString()!;
        Require.That(
            state is "pending" or "interrupted" or "applied",
            $"status says that it is {state}"
        );
        return state;
    }

    private static void RequireRefusal(Site site)
    {
        var before = DatabaseImage.Of(site.Database);
        var refused = site.Run([.. Up, "--lock-timeout", "0"]).RequireExit(6);
        Require.That(
            refused.Error.Contains("was interrupted", StringComparison.Ordinal)
                && refused.Error.Contains("up --resume", StringComparison.Ordinal),
            $"says nothing of the interruption: {refused}"
        );
        Require.Same(DatabaseImage.Of(site.Database), before, "the database after the refusal");
    }

    /// <summary>Without the journal, which says how it came to that: that is different each time.</summary>
    private static string ImageOf(Site site) =>
        DatabaseImage.Of(site.Database, without: "VersionJournal");

    private static Site NewSite(Rig rig, JournalMode mode)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(mode));
        return site;
    }
}
