using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>A connection that is cut around COMMIT: what the program says is what the server has, each time.</summary>
public sealed class LostCommits : FaultTests
{
    private static readonly SampleSize Cuts = new(1, 30, 300);

    [Test]
    public void Before_the_server_is_asked() => Check(Rig, CommitCut.Before);

    [Test]
    public void After_the_server_has_committed() => Check(Rig, CommitCut.After);

    /// <summary>The server commits, and nobody sees the rows, until the session that waits is ended.</summary>
    [Test]
    public void While_the_server_waits_for_a_standby() => CheckStandby(Rig);

    internal static void Check(Rig rig, CommitCut cut)
    {
        for (var i = 0; i < rig.Choose(Cuts); i++)
        {
            using var place = new ServerPlace(rig);
            using var proxy = new CuttingProxy(place.Socket, cut);
            RequireTruth(place, proxy, isCommitted: cut == CommitCut.After);
        }
    }

    internal static void CheckStandby(Rig rig)
    {
        using var server = PostgresServer.Start(
            new PostgresServerSettings
            {
                Parameters = new Dictionary<string, string>
                {
                    ["synchronous_standby_names"] = "never_there",
                    // What the test does itself waits for no standby.
                    ["synchronous_commit"] = "local",
                },
            }
        );
        using var place = new ServerPlace(rig, server);
        place.LetOthersWaitForStandbys();
        using var proxy = new CuttingProxy(place.Socket, CommitCut.While);
        RequireTruth(place, proxy, isCommitted: true);
    }

    private static void RequireTruth(ServerPlace place, CuttingProxy proxy, bool isCommitted)
    {
        var result = place.Site.RunToItsEnd("up", "-c", place.Through(proxy.Port));

        Require.That(proxy.HasCut, $"nothing was committed: {result}");
        result.RequireExit(isCommitted ? 0 : 7);
        Require.That(
            result.ReportsSuccess() == isCommitted,
            $"says something else than the server has: {result}"
        );
        Require.Same(
            string.Join(' ', place.Applied()),
            isCommitted ? $"{Samples.Core} {Samples.Github}" : "",
            "VersionInfo"
        );
        if (!isCommitted)
        {
            place.Site.RunToItsEnd("up", "-c", place.Connection).RequireExit(0);
        }

        place.RequireAppliedOnce();
    }
}
