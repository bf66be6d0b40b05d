using System.Diagnostics;
using System.Globalization;

namespace Nitejar.Tests;

/// <summary>
/// The processes and files of a throwaway server. A shell beside this process stops and removes them as soon as its
/// input ends: when this is disposed, and when this process ends in any way, killed ones included.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    public const string Superuser = "postgres";

    private const string Guard = """
        exec >/dev/null 2>&1
        trap '' HUP INT TERM
        cat
        folder=$1; shift
        "$@"
        rm -rf -- "$folder"
        """;

    private readonly PostgresPrograms _programs;
    private readonly Process _guard;

    public PostgresCluster(PostgresPrograms programs, int port, PostgresServerSettings settings)
    {
        _programs = programs;
        Folder = Directory.CreateTempSubdirectory("nitejar-postgres-").FullName;
        _guard = StartGuard();
        try
        {
            Start(port, settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder of the socket and of everything else.</summary>
    public string Folder { get; }

    private string Data => Path.Combine(Folder, "data");

    public void Dispose()
    {
        if (!_guard.HasExited)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
        }

        _guard.Dispose();
    }

    private Process StartGuard()
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        string[] stop = AsOwner("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        foreach (var argument in (string[])["-c", Guard, "sh", Folder, .. stop])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private void Start(int port, PostgresServerSettings settings)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run([Programs.Require("chown"), Owner(), Folder]);
        }

        Run(settings.StandbyOf is { } primary ? CopyOf(primary) : NewCluster());
        File.AppendAllLines(
            Path.Combine(Data, "postgresql.conf"),
            Parameters(port, settings).Select(setting => $"{setting.Key} = '{setting.Value}'")
        );
        Run(AsOwner("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(Folder, "log"), "start"));
    }

    private string[] NewCluster() =>
        AsOwner(
            "initdb",
            "-D",
            Data,
            "-U",
            Superuser,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N"
        );

    /// <summary>A copy that goes on to take over what the primary writes.</summary>
    private string[] CopyOf(PostgresServer primary) =>
        AsOwner(
            "pg_basebackup",
            "-D",
            Data,
            "-d",
            $"host={primary.Host} port={primary.Port.ToString(CultureInfo.InvariantCulture)} user={Superuser}",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync"
        );

    private Dictionary<string, string> Parameters(int port, PostgresServerSettings settings)
    {
        var parameters = new Dictionary<string, string>
        {
            ["listen_addresses"] = settings.ListensOnLoopback ? "127.0.0.1" : "",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = Folder,
            ["fsync"] = "off",
            ["full_page_writes"] = "off",
        };
        foreach (var (name, value) in settings.Parameters)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static void Run(string[] call) => new Command(call[0], "/", call[1..]).Run().Exits(0);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private string[] AsOwner(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? [Programs.Require("runuser"), "-u", Owner(), "--", _programs[program], .. arguments]
            : [_programs[program], .. arguments];

    /// <summary>The user whose server it is, where this process may be any.</summary>
    public static string Owner() =>
        File.ReadLines("/etc/passwd")
            .Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";
}
