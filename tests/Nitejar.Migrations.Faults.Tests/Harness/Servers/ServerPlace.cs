using System.Globalization;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;
using Npgsql;

namespace Nitejar.Migrations.Faults.Tests.Harness.Servers;

/// <summary>A database of its own on a PostgreSQL server, and a place to run the program in.</summary>
internal sealed class ServerPlace : IDisposable
{
    private readonly PostgresServer _server;
    private readonly ThrowawayDatabase _database;

    public ServerPlace(Rig rig, PostgresServer? server = null)
    {
        _server = server ?? PostgresServer.Shared();
        _database = _server.CreateDatabase();
        Site = rig.NewSite();
    }

    public Site Site { get; }

    /// <summary>For <c>-c</c>, straight to the server.</summary>
    public string Connection =>
        $"Host={_server.Host};Port={_server.Port};Username=postgres;Database={_database.Name}";

    /// <summary>Where the server listens on this machine.</summary>
    public string Socket => $"{_server.Host}/.s.PGSQL.{_server.Port}";

    /// <summary>For <c>-c</c>, through a proxy on a port of this machine.</summary>
    public string Through(int port) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={_database.Name};SSL Mode=Disable";

    /// <summary>A connection past the program, for which no standby is waited.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        connection.Open();
        Execute(connection, "SET synchronous_commit = local");
        return connection;
    }

    /// <summary>From here on each session but the test's own waits for standbys when it commits.</summary>
    public void LetOthersWaitForStandbys() =>
        Execute($"ALTER DATABASE {_database.Name} SET synchronous_commit = on");

    public void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as text.</summary>
    public string[] Read(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        }

        return [.. rows];
    }

    /// <summary>What is applied, and that the tables agree with it.</summary>
    public string[] Applied()
    {
        if (Read("SELECT 1 FROM pg_tables WHERE tablename = 'VersionInfo'").Length == 0)
        {
            Require.Same(
                string.Join(
                    ' ',
                    Read("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                ),
                "",
                "the tables without a history"
            );
            return [];
        }

        return Read("""SELECT "Version" FROM "VersionInfo" ORDER BY 1""");
    }

    /// <summary>Each migration once, in both tables of the history.</summary>
    public void RequireAppliedOnce()
    {
        foreach (var table in (string[])["VersionInfo", "VersionJournal"])
        {
            Require.Same(
                string.Join(' ', Read($"""SELECT "Version" FROM "{table}" ORDER BY 1""")),
                $"{Samples.Core} {Samples.Github}",
                table
            );
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        Site.Dispose();
    }
}
