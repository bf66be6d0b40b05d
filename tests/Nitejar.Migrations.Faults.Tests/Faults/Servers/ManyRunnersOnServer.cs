using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>Eight runs that start in the same instant against a server: each migration is applied once, and nobody fails.</summary>
public sealed class ManyRunnersOnServer : FaultTests
{
    private const int Runners = 8;
    private static readonly SampleSize Starts = new(4, 25, 200);
    private static readonly SampleSize PooledStarts = new(4, 5, 100);

    [Test]
    public void Apply_each_migration_once() => Check(Rig);

    /// <summary>Of fewer sessions than runners, each transaction gets another one.</summary>
    [Test]
    public void Apply_each_migration_once_behind_a_pooler() => CheckPooled(Rig);

    internal static void Check(Rig rig)
    {
        for (var start = 0; start < rig.Choose(Starts); start++)
        {
            using var place = new ServerPlace(rig);
            RequireOneOf(place, place.Connection);
        }
    }

    internal static void CheckPooled(Rig rig)
    {
        using var pooler = PgBouncer.Start(
            PostgresServer.Shared(),
            PoolMode.Transaction,
            sessions: Runners / 2
        );
        for (var start = 0; start < rig.Choose(PooledStarts); start++)
        {
            using var place = new ServerPlace(rig);
            RequireOneOf(place, place.Through(pooler.Port));
        }
    }

    private static void RequireOneOf(ServerPlace place, string connection)
    {
        var running = Enumerable
            .Range(0, Runners)
            .Select(_ => place.Site.Start("up", "-c", connection))
            .ToArray();
        var results = Task.WhenAll(running.Select(run => run.WaitForEndAsync()))
            .GetAwaiter()
            .GetResult();
        Array.ForEach(running, run => run.Dispose());

        Array.ForEach(results, result => result.RequireExit(0));
        Require.That(
            results.Count(result => result.ReportsSuccess()) == 1,
            $"not one runner reports that it applied something:\n{string.Join('\n', results.Select(r => r.ToString()))}"
        );
        place.RequireAppliedOnce();
    }
}
