using System.Diagnostics;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Races;

/// <summary>A run that holds the lock is killed or hangs: the next one goes on at once, or gives up in time.</summary>
public sealed class LockHolderDies : FaultTests
{
    private const string Endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;";

    /// <summary>More than SQLite's cache holds, so that half of it is in the file already.</summary>
    private const string Spill = """
        CREATE TABLE spill AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            SELECT randomblob(4000) AS b FROM n;
        """;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>May wait 0.3 s.</summary>
    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(2);

    private static readonly SampleSize Deaths = new(1, 4, 50);

    [Test]
    public void The_next_runner_goes_on_at_once([Values] JournalMode mode) =>
        CheckKilled(Rig, mode, "");

    [Test]
    public void Also_when_half_of_the_run_is_in_the_file([Values] JournalMode mode) =>
        CheckKilled(Rig, mode, Spill);

    [Test]
    public void A_runner_does_not_wait_longer_than_it_may() => CheckStopped(Rig);

    internal static void CheckKilled(Rig rig, JournalMode mode, string first)
    {
        for (var i = 0; i < rig.Choose(Deaths); i++)
        {
            // At another moment of its poll each time.
            var moment = rig.RandomFor(i).Next(100);
            rig.InTime(
                $"went on after more than {AtOnce}",
                () => GoesOnAtOnce(rig, mode, first, moment)
            );
        }
    }

    private static bool GoesOnAtOnce(Rig rig, JournalMode mode, string first, int moment)
    {
        using var site = SiteWithEndlessDown(rig, mode, first);
        using var holder = StartHolder(site);
        using var next = StartWaiting(site);
        Thread.Sleep(moment);

        var clock = Stopwatch.StartNew();
        holder.Signal("KILL");
        var result = WaitForEnd(next);
        var taken = clock.Elapsed;

        result.RequireExit(0);
        DatabaseImage.RequireSound(site.Database);
        RequireApplied(site);
        return taken < AtOnce;
    }

    /// <summary>A holder that neither goes on nor dies.</summary>
    internal static void CheckStopped(Rig rig)
    {
        using var site = SiteWithEndlessDown(rig, JournalMode.Delete, "");
        using var holder = StartHolder(site);
        holder.Signal("STOP");
        rig.InTime(
            $"hangs: waits longer than {GivesUp}",
            () =>
            {
                using var next = StartWaiting(site, "--lock-timeout", "300ms");
                var end = next.WaitForEndAsync();
                if (Task.WhenAny(end, Task.Delay(GivesUp)).GetAwaiter().GetResult() != end)
                {
                    return false;
                }

                end.GetAwaiter().GetResult().RequireExit(5);
                return true;
            }
        );
    }

    private static Site SiteWithEndlessDown(Rig rig, JournalMode mode, string first)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithCore(mode));
        site.Execute($"UPDATE VersionJournal SET DownSql = {Sql.Text(first + Endless)}");
        return site;
    }

    /// <summary>Returns when the run holds the lock and is in its endless statement.</summary>
    private static RunningCommand StartHolder(Site site)
    {
        var holder = site.Start("down", "-c", "x.db", "--yes", "--verbose");
        holder.WaitForErrorLine("WITH RECURSIVE").GetAwaiter().GetResult();
        return holder;
    }

    /// <summary>Returns when the run is waiting for the lock.</summary>
    private static RunningCommand StartWaiting(Site site, params string[] options)
    {
        var next = site.Start(["up", "-c", "x.db", .. options]);
        next.WaitForErrorLine("waiting for the lock").GetAwaiter().GetResult();
        return next;
    }

    private static CommandResult WaitForEnd(RunningCommand run)
    {
        try
        {
            return run.WaitForEnd();
        }
        catch (TimeoutException e)
        {
            throw new FaultFound(e.Message);
        }
    }

    private static void RequireApplied(Site site)
    {
        using var connection = site.Open();
        Require.Same(
            string.Join(' ', connection.Read("SELECT Version FROM VersionInfo ORDER BY Version")),
            $"{Samples.Core} {Samples.Github}",
            "VersionInfo"
        );
    }
}
