using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Nitejar.Tests;

/// <summary>
/// A PostgreSQL server for tests: throwaway, in a temporary folder, reached by a Unix socket in it, or the one that
/// NITEJAR_TEST_POSTGRES names.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Variable = "NITEJAR_TEST_POSTGRES";
    private const string Administration = "postgres";

    private static readonly Lock s_starting = new();
    private static PostgresServer? s_shared;

    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly PostgresPrograms _programs;
    private readonly PostgresCluster? _cluster;
    private readonly ConcurrentDictionary<string, bool> _databases = new();

    private PostgresServer(
        NpgsqlConnectionStringBuilder connection,
        PostgresPrograms programs,
        PostgresCluster? cluster
    )
    {
        _connection = connection;
        _programs = programs;
        _cluster = cluster;
    }

    /// <summary>
    /// The server that all tests of a project share: started by the first test that asks, stopped and removed after the
    /// last one. Without PostgreSQL on this machine the test is not run.
    /// </summary>
    public static PostgresServer Shared()
    {
        lock (s_starting)
        {
            return s_shared ??= Environment.GetEnvironmentVariable(Variable)
                is { Length: > 0 } given
                ? new(new(given), PostgresPrograms.Require(), cluster: null)
                : Start(new PostgresServerSettings());
        }
    }

    /// <summary>Starts a server of the test's own, which stops when it is disposed.</summary>
    public static PostgresServer Start(PostgresServerSettings settings)
    {
        var programs = PostgresPrograms.Require(settings.Version);
        var port = settings.ListensOnLoopback ? FreePort() : NpgsqlConnection.DefaultPort;
        var cluster = new PostgresCluster(programs, port, settings);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = cluster.Folder,
            Port = port,
            Username = PostgresCluster.Superuser,
        };
        return new PostgresServer(connection, programs, cluster);
    }

    /// <summary>Stops and removes the shared server, if a test has asked for one.</summary>
    public static void StopShared()
    {
        s_shared?.Dispose();
        s_shared = null;
    }

    /// <summary>The folder of the socket, or the host where the server is given.</summary>
    public string Host => _connection.Host!;

    public int Port => _connection.Port;

    /// <summary>How Npgsql connects to a database, without a pool.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_connection.ConnectionString)
        {
            Database = database,
            Pooling = false,
        }.ConnectionString;

    /// <summary>Makes a database with a name of its own, which is dropped when it is disposed.</summary>
    /// <param name="template">Which database it copies; <see langword="null"/> for the usual one.</param>
    /// <param name="isReused">Whether it is emptied for the next test in place of being dropped.</param>
    public ThrowawayDatabase CreateDatabase(string? template = null, bool isReused = false)
    {
        template ??= Environment.GetEnvironmentVariable($"{Variable}_TEMPLATE")
            is { Length: > 0 } given
            ? given
            : "template0";
        var name = $"test_{Guid.NewGuid():N}";
        Administer($"CREATE DATABASE {name} TEMPLATE {template}");
        _databases[name] = true;
        return new ThrowawayDatabase(this, name) { IsReused = isReused };
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public void Drop(string database)
    {
        if (_databases.TryRemove(database, out _))
        {
            Administer($"DROP DATABASE {database} WITH (FORCE)");
        }
    }

    /// <summary>Executes SQL by psql, which ends with the first error.</summary>
    /// <returns>The rows, a line each, with a bar between values.</returns>
    public string Psql(string database, string sql) =>
        Program("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database)
            .With(sql)
            .Run()
            .Exits(0)
            .Output.TrimEnd('\n');

    /// <summary>As <see cref="Psql(string, string)"/>, through a pooler before the server.</summary>
    public string Psql(PgBouncer pooler, string database, string sql) =>
        new ClientProgram(
            _programs["psql"],
            new NpgsqlConnectionStringBuilder(pooler.Connection(database)),
            ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database]
        )
            .With(sql)
            .Run()
            .Exits(0)
            .Output.TrimEnd('\n');

    /// <summary>psql with other arguments, which reads nothing and ignores errors.</summary>
    public Command PsqlWith(string database, params string[] arguments) =>
        Program("psql", ["-X", "-q", "-d", database, .. arguments]).With("");

    /// <summary>What pg_dump writes of a database, without the lines that differ from call to call.</summary>
    /// <param name="database">The database.</param>
    /// <param name="withRows">Whether the rows are part of it.</param>
    public string Dump(string database, bool withRows = false)
    {
        string[] what = withRows ? [] : ["--schema-only"];
        var result = Program("pg_dump", [.. what, "-d", database]).With("").Run();
        if (result.Error.Contains("server version mismatch", StringComparison.Ordinal))
        {
            NotRun.Because("pg_dump is older than the server that is given");
        }

        var dump = result.Exits(0).Output;
        return string.Join('\n', dump.Split('\n').Where(line => !IsRandom(line)));
    }

    /// <summary>Executes one command in the database for administration.</summary>
    public void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(Administration));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Ends it with all that it holds; of a server that is given, only what tests made goes.</summary>
    public void Dispose()
    {
        if (_cluster is { } cluster)
        {
            cluster.Dispose();
            return;
        }

        foreach (var database in _databases.Keys)
        {
            Drop(database);
        }
    }

    /// <summary>pg_dump keeps psql from executing what a dump smuggles in, with another word each time.</summary>
    private static bool IsRandom(string line) =>
        line.StartsWith(@"\restrict ", StringComparison.Ordinal)
        || line.StartsWith(@"\unrestrict ", StringComparison.Ordinal);

    private ClientProgram Program(string name, params string[] arguments) =>
        new(_programs[name], _connection, arguments);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record ClientProgram(
        string Path,
        NpgsqlConnectionStringBuilder Connection,
        string[] Arguments
    )
    {
        public Command With(string input) =>
            new(Path, "/", Arguments)
            {
                Input = input,
                Variables = new Dictionary<string, string>
                {
                    ["PGHOST"] = Connection.Host!,
                    ["PGPORT"] = Connection.Port.ToString(CultureInfo.InvariantCulture),
                    ["PGUSER"] = Connection.Username ?? PostgresCluster.Superuser,
                    ["PGPASSWORD"] = Connection.Password ?? "",
                    ["PGCLIENTENCODING"] = "UTF8",
                },
            };
    }
}
