using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;
using Npgsql;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>Behind a pooler the next client's session is as the one before found it, and no lock of a run is in it.</summary>
public sealed class PooledSessions : FaultTests
{
    /// <summary>A client that names itself does so for the pooler, which tells the server.</summary>
    private const string Settings =
        "SELECT string_agg(name || ' = ' || setting, E'\\n' ORDER BY name) FROM pg_settings WHERE name <> 'application_name'";

    private const string Locks =
        "SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    [Test]
    public void Are_as_they_were() => Check(Rig);

    internal static void Check(Rig rig)
    {
        // One session, which the clients have one after the other.
        using var pooler = PgBouncer.Start(
            PostgresServer.Shared(),
            PoolMode.Transaction,
            sessions: 1
        );
        using var place = new ServerPlace(rig);
        var pooled = place.Through(pooler.Port);
        var before = AskNext(pooled);
        foreach (var command in (string[])["up", "status", "up"])
        {
            place.Site.Run(command, "-c", pooled).RequireExit(0);
            Require.Same(
                AskNext(pooled),
                before,
                $"the session of the next client after {command}"
            );
        }

        place.Site.Run("up", "-c", place.Connection).RequireExit(0);
        place.RequireAppliedOnce();
    }

    private static string AskNext(string pooled)
    {
        using var connection = new NpgsqlConnection(
            pooled + ";Pooling=false;No Reset On Close=true;Server Compatibility Mode=NoTypeLoading"
        );
        connection.Open();
        return $"{Ask(connection, Settings)}\n{Ask(connection, Locks)} locks";
    }

    private static string Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return $"{command.ExecuteScalar()}";
    }
}
