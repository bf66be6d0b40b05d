using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Disks;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Cuts;

/// <summary>
/// kill -9 or a power cut at every call of a restore: the database is what it was or what the backup holds, and the next
/// restore gets there.
/// </summary>
public sealed class RestoreKilled : FaultTests
{
    private static readonly SampleSize Kills = new(12, 24, int.MaxValue);
    private static readonly SampleSize Cuts = new(10, 60, int.MaxValue);

    private static readonly Dictionary<string, Func<byte[]>> Targets = new()
    {
        ["Delete"] = () => Samples.WithCore(JournalMode.Delete),
        ["Wal"] = () => Samples.WithCore(JournalMode.Wal),
        ["damaged"] = () => Samples.WithCore(JournalMode.Delete)[..5000],
    };

    private static IEnumerable<string> TargetNames => Targets.Keys;

    [TestCaseSource(nameof(TargetNames))]
    public void The_database_is_the_old_or_the_new_one(string target) => Check(Rig, target);

    [TestCaseSource(nameof(TargetNames))]
    public void After_a_power_cut_too(string target) => CheckCuts(Rig, target);

    internal static void CheckCuts(Rig rig, string target)
    {
        using var recorded = NewSite(rig, target);
        var before = File.ReadAllBytes(recorded.Database);
        var outages = Outages.Of(rig, Cuts, recorded, Restore(recorded));
        var expected = DatabaseImage.Of(recorded.Database);
        Rig.Each(
            outages,
            outage =>
            {
                using var site = outage.Site;
                PlaceBackup(site);
                RequireOldOrNew(site, before, expected);
                if (outage.Reported)
                {
                    Require.Same(
                        DatabaseImage.Of(site.Database),
                        expected,
                        "the database after a restore that was reported"
                    );
                }

                RequireConvergence(site, expected);
            }
        );
    }

    internal static void Check(Rig rig, string target)
    {
        using var watched = NewSite(rig, target);
        var (result, calls) = Tracer.Watch(watched, Restore(watched));
        result.RequireExit(0);
        var expected = DatabaseImage.Of(watched.Database);
        Rig.Each(
            rig.Sample(calls, Kills),
            call =>
            {
                using var site = NewSite(rig, target);
                var before = File.ReadAllBytes(site.Database);
                Tracer.Disturb(site, call, "signal=KILL", lasting: false, Restore(site));

                RequireOldOrNew(site, before, expected);
                RequireConvergence(site, expected);
            }
        );
    }

    private static void RequireConvergence(Site site, string expected)
    {
        site.Run(Restore(site)).RequireExit(0);
        Require.Same(
            DatabaseImage.Of(site.Database),
            expected,
            "the database after the next restore"
        );
    }

    private static void RequireOldOrNew(Site site, byte[] before, string expected)
    {
        Require.That(File.Exists(site.Database), "the database is gone");
        if (File.ReadAllBytes(site.Database).AsSpan().SequenceEqual(before))
        {
            return;
        }

        DatabaseImage.RequireSound(site.Database);
        var image = DatabaseImage.Of(site.Database);
        if (image != expected && image != WithoutRecord(expected))
        {
            File.WriteAllBytes(site.Outside("before.db"), before);
            Require.Same(
                image,
                DatabaseImage.Of(site.Outside("before.db")),
                "the database between the old and the new one"
            );
        }
    }

    /// <summary>The history gets its row after the content, which is complete without it.</summary>
    private static string WithoutRecord(string image) =>
        string.Join(
            '\n',
            image
                .Split('\n')
                .Where(line =>
                    !line.StartsWith("VersionJournal: ", StringComparison.Ordinal)
                    || !line.Contains("'restored'", StringComparison.Ordinal)
                )
        );

    private static string[] Restore(Site site) =>
        ["restore", site.Outside("kept.db"), "-c", "x.db", "--yes"];

    private static Site NewSite(Rig rig, string target)
    {
        var site = rig.NewSite();
        site.Place(Targets[target]());
        PlaceBackup(site);
        return site;
    }

    private static void PlaceBackup(Site site) =>
        File.WriteAllBytes(site.Outside("kept.db"), Samples.WithBoth(JournalMode.Delete));
}
