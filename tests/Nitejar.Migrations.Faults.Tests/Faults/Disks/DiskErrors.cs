using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>ENOSPC and EIO from the kernel, once and lasting, at the calls that write, flush and truncate.</summary>
public sealed class DiskErrors : FaultTests
{
    private static readonly string[] Disturbed =
    [
        "pwrite64",
        "fsync",
        "fdatasync",
        "ftruncate",
        "link",
        "rename",
        "unlink",
    ];

    private static readonly SampleSize ErrorsOfARun = new(6, 20, int.MaxValue);

    private static readonly string[] Words =
    [
        "no room left",
        "No space left",
        "disk I/O error",
        "Input/output error",
        "disk is full",
    ];

    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void The_old_state_stays_and_the_error_is_shown(string scenario) =>
        Check(Rig, Scenario.Named(scenario));

    internal static void Check(Rig rig, Scenario scenario)
    {
        var undisturbed = scenario.RunUndisturbed(rig);
        var cases = rig.Sample(undisturbed.CallsOf(Disturbed), ErrorsOfARun)
            .SelectMany(call =>
                from error in (string[])["ENOSPC", "EIO"]
                from lasting in (bool[])[false, true]
                select (call, error, lasting)
            );
        var failed = 0;
        Rig.Each(
            cases,
            one =>
            {
                using var site = scenario.NewSite(rig);
                var result = Tracer.Disturb(
                    site,
                    one.call,
                    $"error={one.error}",
                    one.lasting,
                    scenario.Arguments
                );
                Interlocked.Add(ref failed, result.ExitCode == 0 ? 0 : 1);
                RequireBackupWhileNeeded(site, undisturbed);
                RequireTruth(site, undisturbed, result);
                RequireTidy(site, one.call, result);
                site.Run(scenario.Arguments).RequireExit(0);
                Require.Same(
                    DatabaseImage.Of(site.Database),
                    undisturbed.After,
                    "the database after the next run"
                );
            }
        );
        TestContext.Out.WriteLine($"{failed} runs failed");
        Require.That(failed > 0, "no run met the errors");
    }

    private static void RequireTruth(Site site, Undisturbed undisturbed, CommandResult result)
    {
        result.RequireNoCrash();
        var image = DatabaseImage.Of(site.Database);
        if (result.ExitCode == 0)
        {
            Require.Same(image, undisturbed.After, $"the database after {result}");
        }
        else
        {
            Require.Same(image, undisturbed.Before, $"the database after {result}");
            Require.That(
                Words.Any(word => result.Error.Contains(word, StringComparison.Ordinal)),
                $"the error of the disk is not shown: {result}"
            );
        }

        DatabaseImage.RequireSound(site.Database);
    }

    /// <summary>Until somebody has undone what the disk kept the run from undoing, the backup is what there is.</summary>
    private static void RequireBackupWhileNeeded(Site site, Undisturbed undisturbed)
    {
        var isUndone = !File.Exists(site["x.db-journal"]);
        var hadBackup = undisturbed.Calls.Any(call =>
            call.Name == "link" && call.Text.Contains(".backup", StringComparison.Ordinal)
        );
        Require.That(
            isUndone || !hadBackup || site.Files.Any(IsBackup),
            "the database is half changed, and the backup is gone"
        );
    }

    /// <summary>What cannot be deleted stays, and so does the backup of a run that succeeded or could not be undone.</summary>
    private static void RequireTidy(Site site, TracedCall call, CommandResult result)
    {
        if (
            call.Name == "unlink"
            || result.ExitCode == 0
            || result.Output.Contains("\nbackup: ", StringComparison.Ordinal)
        )
        {
            Leftovers.RequireHarmless(site);
        }
        else
        {
            Leftovers.RequireNone(site);
        }
    }

    private static bool IsBackup(string file) => file.EndsWith(".backup", StringComparison.Ordinal);
}
