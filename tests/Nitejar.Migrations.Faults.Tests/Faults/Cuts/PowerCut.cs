using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Disks;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>
/// The power goes at any call of a run, and of what was not flushed the disk keeps any part: the database is as before
/// or as after the run, sound, and as after it once that was reported. A run that is there has the backup before it.
/// </summary>
public sealed class PowerCut : FaultTests
{
    private static readonly SampleSize Cuts = new(10, 60, int.MaxValue);

    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void What_counts_is_on_the_disk(string scenario) => Check(Rig, Scenario.Named(scenario));

    internal static void Check(Rig rig, Scenario scenario)
    {
        using var site = scenario.NewSite(rig);
        site.Variables.Clear();
        var before = DatabaseImage.Of(site.Database);
        var outages = Outages.Of(rig, Cuts, site, scenario.Arguments);
        var undisturbed = new Undisturbed(before, DatabaseImage.Of(site.Database), []);
        var isBackedUp = HasBackup(site);
        Rig.Each(
            outages,
            outage =>
            {
                using var found = outage.Site;
                undisturbed.RequireBoundary(found, outage.Reported);
                Require.That(
                    !isBackedUp || HasBackup(found) || DatabaseImage.Of(found.Database) == before,
                    "the database is as after the run, and there is no backup"
                );
                undisturbed.RequireConvergence(found, scenario.Arguments);
            }
        );
    }

    private static bool HasBackup(Site site) =>
        site.Files.Any(file => file.EndsWith(".backup", StringComparison.Ordinal));
}
