namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>A PostgreSQL server of its own on a Unix socket in a temporary folder; gone when disposed.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    private readonly TemporaryFolder _folder = new();
    private readonly string _programs = ProgramFolder();
    private bool _isStarted;

    public PostgresServer()
    {
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private string Data => _folder["data"];

    /// <summary>Makes a database.</summary>
    public void Create(string database) => Query("postgres", $"CREATE DATABASE {database}");

    /// <summary>Executes SQL; unaligned rows come back.</summary>
    public string Query(string database, string sql) =>
        new Command(
            Path.Combine(_programs, "psql"),
            _folder.Path,
            [
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                _folder.Path,
                "-U",
                "postgres",
                "-d",
                database,
            ]
        )
        {
            Input = sql,
        }
            .Run()
            .Exits(0)
            .Output.TrimEnd('\n');

    public void Dispose()
    {
        if (_isStarted)
        {
            AsOwner("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }

        _folder.Dispose();
    }

    private void Start()
    {
        if (Environment.UserName == "root")
        {
            new Command(Programs.Require("chown"), "/", Owner(), _folder.Path).Run().Exits(0);
        }

        AsOwner(
            "initdb",
            "-D",
            Data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"
        );
        AsOwner(
            "pg_ctl",
            "-D",
            Data,
            "-l",
            Path.Combine(Data, "log"),
            "-o",
            $"-c listen_addresses='' -c fsync=off -k '{_folder.Path}'",
            "-w",
            "start"
        );
        _isStarted = true;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private void AsOwner(string program, params string[] arguments)
    {
        string[] call = [Path.Combine(_programs, program), .. arguments];
        var command =
            Environment.UserName == "root"
                ? new Command(
                    Programs.Require("runuser"),
                    _folder.Path,
                    ["-u", Owner(), "--", .. call]
                )
                : new Command(call[0], _folder.Path, call[1..]);
        command.Run().Exits(0);
    }

    private static string Owner() =>
        File.ReadLines("/etc/passwd")
            .Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    /// <summary>Debian keeps the server's programs off the PATH, in a folder for each version.</summary>
    private static string ProgramFolder()
    {
        var packaged = Directory.Exists(Packages)
            ? Directory
                .EnumerateFiles(Packages, "initdb", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        return Path.GetDirectoryName(packaged ?? Programs.Require("initdb"))!;
    }
}
