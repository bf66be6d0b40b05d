using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>Memory does not grow with the database: at most 50 MB more for one that is several times as large.</summary>
public sealed class LargeDatabase : FaultTests
{
    private const long Mebibyte = 1024 * 1024;
    private const long MayGrow = 50 * Mebibyte;
    private static readonly SampleSize SmallSize = new(5, 30, 100);
    private static readonly SampleSize LargeSize = new(80, 250, 1000);

    [Test]
    public void Up_and_down_need_hardly_more_memory([Values] JournalMode mode) => Check(Rig, mode);

    internal static void Check(Rig rig, JournalMode mode)
    {
        var small = PeaksFor(rig, mode, rig.Choose(SmallSize));
        var large = PeaksFor(rig, mode, rig.Choose(LargeSize));
        foreach (var (command, peak) in large)
        {
            var report = $"{command}: {small[command] / Mebibyte} MiB, then {peak / Mebibyte} MiB";
            TestContext.Out.WriteLine(report);
            Require.That(peak - small[command] < MayGrow, report);
        }
    }

    private static Dictionary<string, long> PeaksFor(Rig rig, JournalMode mode, int size)
    {
        using var site = rig.NewSite();
        var memory = new MemoryPeak(site);
        site.Place(Samples.WithCore(mode));
        Fill(site, "agents (id, name, config)", "'n' || i, 'name ' || i", size / 2);
        var peaks = new Dictionary<string, long> { ["up"] = memory.Of(site, "up", "-c", "x.db") };

        Fill(
            site,
            "github_installations (installation_id, integration_id, account_login)",
            "i, 'i1'",
            size / 2
        );
        peaks["down"] = memory.Of(site, "down", "-c", "x.db", "--yes");
        peaks["up again"] = memory.Of(site, "up", "-c", "x.db");
        return peaks;
    }

    /// <summary>Adds rows of a kilobyte.</summary>
    private static void Fill(Site site, string into, string values, int size) =>
        site.Execute(
            $"""
            PRAGMA synchronous = OFF;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size * 1024})
            INSERT INTO {into} SELECT {values}, hex(randomblob(512)) FROM n;
            """
        );
}
