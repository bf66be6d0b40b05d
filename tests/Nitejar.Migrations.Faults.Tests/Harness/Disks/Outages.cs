using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Disks;

/// <summary>What a power cut leaves.</summary>
/// <param name="Calls">How many calls had been answered.</param>
/// <param name="Likelihood">Of outlasting it, for each sector and name that was not flushed.</param>
/// <param name="Site">The folder as it is found when the power is back.</param>
/// <param name="Reported">Whether somebody had been told of success.</param>
internal sealed record Outage(int Calls, double Likelihood, Site Site, bool Reported)
{
    public override string ToString() =>
        FormattableString.Invariant($"power cut after {Calls} calls, {Likelihood:P0} survived");
}

/// <summary>Cuts the power at any call of a run.</summary>
internal static class Outages
{
    private static readonly double[] Likelihoods = [0, 0.5, 0.9];

    /// <summary>Records the run, which has to succeed.</summary>
    /// <param name="rig">Which random numbers, and how thoroughly.</param>
    /// <param name="size">How many cuts.</param>
    /// <param name="site">Where the run is recorded.</param>
    /// <param name="arguments">Of the run.</param>
    /// <returns>What some or all cuts leave, each at a site of its own.</returns>
    public static IReadOnlyList<Outage> Of(
        Rig rig,
        SampleSize size,
        Site site,
        params string[] arguments
    )
    {
        var disk = new SimulatedDisk(site);
        var calls = DiskTrace.Record(site, arguments);
        Require.That(calls.Any(IsReport), "the recording shows no report");
        var chosen = Sample(rig, size, calls.Count);
        var outages = new List<Outage>();
        for (var count = 0; count <= calls.Count; count++)
        {
            foreach (var likelihood in chosen[count])
            {
                var random = rig.RandomFor(outages.Count);
                var found = rig.NewSite();
                disk.CutInto(found, () => random.NextDouble() < likelihood);
                outages.Add(new Outage(count, likelihood, found, calls.Take(count).Any(IsReport)));
            }

            if (count < calls.Count)
            {
                disk.Apply(calls[count]);
            }
        }

        return outages;
    }

    private static ILookup<int, double> Sample(Rig rig, SampleSize size, int calls)
    {
        var all = Enumerable
            .Range(0, calls + 1)
            .SelectMany(_ => Likelihoods, (count, likelihood) => (Count: count, likelihood));

        // What was reported is looked at in any case, with nothing but what was flushed.
        return rig.Sample([.. all], size)
            .Append((Count: calls, likelihood: 0))
            .ToLookup(one => one.Count, one => one.likelihood);
    }

    private static bool IsReport(DiskCall call) =>
        call is DiskCall.Said said && Results.SaysSuccess(said.Text);
}
