using Nitejar.Migrations.Faults.Tests.Harness;

namespace Nitejar.Migrations.Faults.Tests.Faults;

/// <summary>What counts is on the disk before anybody relies on it: seen in the order of the run's calls.</summary>
public sealed class PowerCut : FaultTests
{
    [TestCaseSource(typeof(Scenario), nameof(Scenario.Names))]
    public void Files_and_folders_are_flushed_before_they_count(string scenario) =>
        Check(Rig, Scenario.Named(scenario));

    internal static void Check(Rig rig, Scenario scenario)
    {
        var calls = scenario.RunUndisturbed(rig).Calls;
        Require.That(
            calls.Any(call => call.Name is "link" or "rename"),
            "the trace shows neither a link nor a rename"
        );
        Durability.Require(calls);
    }
}
