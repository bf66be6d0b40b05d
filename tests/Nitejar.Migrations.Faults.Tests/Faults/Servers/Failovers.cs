using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>A standby becomes the primary in the middle of a run: what is reported is what it has, and the next run continues from there.</summary>
public sealed class Failovers : FaultTests
{
    private const string LongDown = "CREATE TABLE half (a integer); SELECT pg_sleep(600)";

    [Test]
    public void In_the_middle_of_a_statement() => CheckStatement(Rig);

    [Test]
    public void When_the_standby_does_not_have_the_commit() => CheckLostCommit(Rig);

    [Test]
    public void When_the_standby_has_the_commit() => CheckKeptCommit(Rig);

    internal static void CheckStatement(Rig rig)
    {
        using var pair = new ServerPair(isSynchronous: false);
        var database = pair.CreateDatabase();
        using var site = rig.NewSite();
        var connection = pair.Connection(database, pair.Primary.Host);
        site.Run("up", "-c", connection).RequireExit(0);
        var down = pair.Primary.Psql(
            database,
            "SELECT \"DownSql\" FROM \"VersionJournal\" ORDER BY \"Id\" DESC LIMIT 1"
        );
        pair.Primary.Psql(
            database,
            $"UPDATE \"VersionJournal\" SET \"DownSql\" = '{LongDown}' WHERE \"Version\" = {Samples.Github}"
        );
        pair.TakeOverAll();

        using var run = site.Start("down", "-c", connection, "--yes", "--verbose");
        run.WaitForErrorLine("pg_sleep").GetAwaiter().GetResult();
        while (
            pair.Primary.Psql(
                database,
                "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            ).Length == 0
        )
        {
            Thread.Yield();
        }

        pair.FailOver();
        var result = run.WaitForEnd();

        result.RequireExit(7);
        RequireApplied(pair, database, [Samples.Core, Samples.Github]);
        Require.Same(
            pair.Standby.Psql(database, "SELECT count(*) FROM pg_tables WHERE tablename = 'half'"),
            "0",
            "what the run did"
        );
        pair.Standby.Psql(
            database,
            $"UPDATE \"VersionJournal\" SET \"DownSql\" = $down${down}$down$ WHERE \"Version\" = {Samples.Github}"
        );
        site.Run("down", "-c", connection, "--yes").RequireExit(0);
        RequireApplied(pair, database, [Samples.Core]);
    }

    internal static void CheckLostCommit(Rig rig)
    {
        using var pair = new ServerPair(isSynchronous: false);
        var database = pair.CreateDatabase();
        using var site = rig.NewSite();
        using var proxy = new CuttingProxy(SocketOf(pair.Primary), CommitCut.After)
        {
            OnCut = pair.FailOver,
        };
        var connection = pair.Connection(database, $"127.0.0.1:{proxy.Port}");

        // Another transaction will have the number of the run's on the new primary.
        pair.Disconnect();
        var result = RunToItsEnd(site, connection);

        Require.That(proxy.HasCut, $"nothing was committed: {result}");
        result.RequireExit(7);
        Require.That(
            result.Error.Contains("lost when another server took over", StringComparison.Ordinal),
            $"does not say that it was lost when another server took over: {result}"
        );
        Require.Same(
            pair.Standby.Psql(
                database,
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ),
            "0",
            "tables of the new primary"
        );
        site.Run("up", "-c", connection).RequireExit(0);
        RequireApplied(pair, database, [Samples.Core, Samples.Github]);
    }

    internal static void CheckKeptCommit(Rig rig)
    {
        using var pair = new ServerPair(isSynchronous: true);
        var database = pair.CreateDatabase();
        using var site = rig.NewSite();
        using var proxy = new CuttingProxy(SocketOf(pair.Primary), CommitCut.After)
        {
            OnCut = pair.FailOver,
        };
        var connection = pair.Connection(database, $"127.0.0.1:{proxy.Port}");

        var result = RunToItsEnd(site, connection);

        Require.That(proxy.HasCut, $"nothing was committed: {result}");
        result.RequireExit(0);
        Require.That(result.ReportsSuccess(), $"does not report what the server has: {result}");
        RequireApplied(pair, database, [Samples.Core, Samples.Github]);
        site.Run("up", "-c", connection).RequireExit(0);
        RequireApplied(pair, database, [Samples.Core, Samples.Github]);
    }

    private static CommandResult RunToItsEnd(Site site, string connection) =>
        site.RunToItsEnd("up", "-c", connection, "--lock-timeout", "10s");

    private static string SocketOf(PostgresServer server) =>
        $"{server.Host}/.s.PGSQL.{server.Port}";

    /// <summary>Each once, on the new primary.</summary>
    private static void RequireApplied(ServerPair pair, string database, string[] versions) =>
        Require.Same(
            pair.Standby.Psql(database, "SELECT \"Version\" FROM \"VersionInfo\" ORDER BY 1"),
            string.Join('\n', versions),
            "VersionInfo"
        );
}
