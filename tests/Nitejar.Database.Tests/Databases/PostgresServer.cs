using Nitejar.Migrations;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Npgsql;

namespace Nitejar.Database.Tests.Databases;

/// <summary>
/// A PostgreSQL server in a temporary folder, reached by a socket in it; started by the first test that asks, stopped
/// and removed after the last one.
/// </summary>
internal sealed class PostgresServer
{
    /// <summary>A database to copy, with every migration applied.</summary>
    public const string Migrated = "migrated";

    private static PostgresServer? s_running;
    private string _folder = "";
    private string _programs = "";

    /// <summary>The server; the test is not run where there is no PostgreSQL.</summary>
    public static PostgresServer Running()
    {
        if (s_running is null)
        {
            var server = new PostgresServer();
            server.Start();
            s_running = server;
        }

        return s_running;
    }

    /// <summary>Stops and removes the server, if a test has asked for one.</summary>
    public static void StopIfRunning()
    {
        s_running?.Stop();
        s_running = null;
    }

    public string ConnectionString(string database) =>
        $"Host={_folder};Username=postgres;Database={database};Pooling=False";

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Start()
    {
        if (FindPrograms() is { } programs)
            _programs = programs;
        else
            NotRun.Because("initdb of PostgreSQL is not in /usr/lib/postgresql/*/bin");

        _folder = Directory.CreateTempSubdirectory("nitejar-postgres-").FullName;
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess)
            Program.Run(Programs.Require("chown"), "postgres", _folder);

        // The locale of the environment may be one that this machine does not have.
        RunAsOwner(
            "initdb",
            ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        );
        RunAsOwner(
            "pg_ctl",
            ["-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", Options, "start"]
        );
        try
        {
            Migrate();
        }
        catch
        {
            Stop();
            throw;
        }
    }

    private void Migrate()
    {
        Execute("postgres", $"CREATE DATABASE {Migrated}");
        Execute(
            Migrated,
            new MigrationScripter(
                MigrationCatalog.From(MigrationIndex.All),
                DatabaseProvider.Postgres
            ).Write(new ScriptRange(Direction.Up, null, null))
        );
    }

    private string Data => Path.Combine(_folder, "data");

    private string Options =>
        $"-c listen_addresses='' -c unix_socket_directories='{_folder}' -c fsync=off";

    private void Stop()
    {
        RunAsOwner("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Program.Run(Programs.Require("runuser"), ["-u", "postgres", "--", path, .. arguments]);
        else
            Program.Run(path, arguments);
    }

    private static string? FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .OrderByDescending(folder => folder, StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
}
