using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>
/// kill -9 at every write, sync, rename, truncate, link and unlink of a run: the database is as before or as after it,
/// sound, and the next run gets where the cut off one was going.
/// </summary>
public sealed class KilledAtAnyInstant : FaultTests
{
    private static readonly SampleSize KillsOfARun = new(24, 45, int.MaxValue);

    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void The_database_is_at_the_boundary_of_a_run(string scenario) =>
        Check(Rig, Scenario.Named(scenario));

    internal static void Check(Rig rig, Scenario scenario)
    {
        var undisturbed = scenario.RunUndisturbed(rig);
        var points = rig.Sample(undisturbed.Calls, KillsOfARun);
        Require.That(points.Count > 10, $"the trace shows {points.Count} calls only");
        var killed = 0;
        Rig.Each(
            points,
            point =>
            {
                using var site = scenario.NewSite(rig);
                var result = Tracer.Disturb(
                    site,
                    point,
                    "signal=KILL",
                    lasting: false,
                    scenario.Arguments
                );
                Interlocked.Add(ref killed, result.ExitCode == 137 ? 1 : 0);
                undisturbed.RequireBoundary(site, result.ReportsSuccess() || result.ExitCode == 0);
                undisturbed.RequireConvergence(site, scenario.Arguments);
            }
        );
        TestContext.Out.WriteLine($"{killed} of {points.Count} runs were killed");
        Require.That(
            killed >= points.Count * 9 / 10,
            $"only {killed} of {points.Count} were killed"
        );
    }
}
