using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>
/// SIGINT and SIGTERM, once and twice, at fifty points of a run: it ends within two seconds and either changed nothing
/// and says so, or had committed and says that.
/// </summary>
public sealed class Interrupted : FaultTests
{
    private const string Endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly SampleSize CallsOfARun = new(6, 10, int.MaxValue);
    private static readonly SampleSize Moments = new(3, 12, 300);
    private static readonly SampleSize LongMoments = new(1, 8, 100);

    private static readonly (string Name, int ExitCode)[] Signals = [("INT", 130), ("TERM", 143)];

    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void At_a_call_of_the_run(string scenario) => CheckCalls(Rig, Scenario.Named(scenario));

    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void At_a_moment_of_the_run(string scenario) =>
        CheckMoments(Rig, Scenario.Named(scenario));

    [Test]
    public void Inside_a_statement_that_never_ends([Values] JournalMode mode) =>
        CheckLongStatement(Rig, mode);

    [Test]
    public void While_it_waits_for_the_lock() => CheckWaiting(Rig);

    /// <summary>The kernel delivers it at the call, so that the same point is met each time.</summary>
    internal static void CheckCalls(Rig rig, Scenario scenario)
    {
        var undisturbed = scenario.RunUndisturbed(rig);
        var cases =
            from call in rig.Sample(undisturbed.Calls, CallsOfARun)
            from signal in Signals
            // The program's own signal handler calls write, so that one at each of them would never end.
            from again in (bool[])(call.Name == "write" ? [false] : [false, true])
            select (call, signal, again);
        Rig.Each(
            cases,
            one =>
            {
                rig.InTime(
                    TooLate(one.signal.Name),
                    () =>
                    {
                        using var site = scenario.NewSite(rig);
                        var (result, after) = Tracer.Interrupt(
                            site,
                            one.call,
                            one.signal.Name,
                            one.again,
                            scenario.Arguments
                        );
                        RequireTruth(site, undisturbed, result, one.signal.ExitCode);
                        return after < Soon || !rig.IsTimed;
                    }
                );
            }
        );
    }

    internal static void CheckMoments(Rig rig, Scenario scenario)
    {
        var undisturbed = scenario.RunUndisturbed(rig);
        for (var i = 0; i < rig.Choose(Moments); i++)
        {
            var random = rig.RandomFor(i);
            var signal = Signals[random.Next(2)];
            var moment = TimeSpan.FromMilliseconds(random.NextDouble() * 15);
            var twice = random.Next(2) == 0;
            rig.InTime(
                TooLate(signal.Name),
                () =>
                {
                    using var site = scenario.NewSite(rig);
                    using var run = site.Start(scenario.Arguments);

                    // Somewhere in the life of the process: what must hold does not depend on where.
                    Thread.Sleep(moment);

                    if (Interrupt(run, signal.Name, twice) is not { } result)
                    {
                        return false;
                    }

                    RequireTruth(site, undisturbed, result, signal.ExitCode);
                    return true;
                }
            );
        }
    }

    internal static void CheckLongStatement(Rig rig, JournalMode mode)
    {
        for (var i = 0; i < rig.Choose(LongMoments); i++)
        {
            var moment = rig.RandomFor(i).Next(100);
            var signal = Signals[i % 2];
            rig.InTime(
                TooLate(signal.Name),
                () =>
                {
                    using var site = rig.NewSite();
                    site.Place(Samples.WithBoth(mode));
                    using (var connection = site.Open())
                    {
                        Foreign.Apply(connection, "UPDATE agents SET status = 'x'; " + Endless);
                    }

                    var before = DatabaseImage.Of(site.Database);
                    using var run = site.Start("down", "-c", "x.db", "--yes", "--verbose");
                    run.WaitForErrorLine("WITH RECURSIVE").GetAwaiter().GetResult();
                    Thread.Sleep(moment);

                    if (Interrupt(run, signal.Name, twice: i % 4 > 1) is not { } result)
                    {
                        return false;
                    }

                    result.RequireExit(signal.ExitCode);
                    RequireUnchanged(site, before);
                    return true;
                }
            );
        }
    }

    internal static void CheckWaiting(Rig rig)
    {
        foreach (var signal in Signals)
        {
            rig.InTime(
                TooLate(signal.Name),
                () =>
                {
                    using var site = rig.NewSite();
                    site.Place(Samples.WithCore(JournalMode.Delete));
                    var before = DatabaseImage.Of(site.Database);
                    using var holder = site.Open();
                    holder.Run("BEGIN IMMEDIATE");
                    using var run = site.Start("up", "-c", "x.db");
                    run.WaitForErrorLine("waiting for the lock").GetAwaiter().GetResult();

                    if (Interrupt(run, signal.Name, twice: true) is not { } result)
                    {
                        return false;
                    }

                    result.RequireExit(signal.ExitCode);
                    holder.Run("ROLLBACK");
                    RequireUnchanged(site, before);
                    return true;
                }
            );
        }
    }

    /// <returns><see langword="null"/> where it did not end in time.</returns>
    private static CommandResult? Interrupt(RunningCommand run, string signal, bool twice)
    {
        run.SignalIfRunning(signal);
        if (twice)
        {
            run.SignalIfRunning(signal);
        }

        var end = run.WaitForEndAsync();
        return Task.WhenAny(end, Task.Delay(Soon)).GetAwaiter().GetResult() == end
            ? end.GetAwaiter().GetResult()
            : null;
    }

    private static string TooLate(string signal) =>
        $"still there {Soon.TotalSeconds} s after SIG{signal}";

    private static void RequireTruth(
        Site site,
        Undisturbed undisturbed,
        CommandResult result,
        int exitCode
    )
    {
        result.RequireExit(exitCode, 0);
        var expected = result.ExitCode == 0 ? undisturbed.After : undisturbed.Before;
        Require.Same(DatabaseImage.Of(site.Database), expected, $"the database after {result}");
        site.RequireLockFree();
        Leftovers.RequireHarmless(site);
    }

    private static void RequireUnchanged(Site site, string before)
    {
        Require.Same(DatabaseImage.Of(site.Database), before, "the database after the signal");
        site.RequireLockFree();
        Leftovers.RequireNone(site);
    }
}
