using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nitejar.Tests;

/// <summary>Whose a session of the server is behind a pooler.</summary>
internal enum PoolMode
{
    /// <summary>A client's for as long as it is connected.</summary>
    Session,

    /// <summary>A client's until its transaction ends.</summary>
    Transaction,

    /// <summary>A client's for a statement.</summary>
    Statement,
}

/// <summary>A PgBouncer before a server, on a free port of 127.0.0.1. It ends with this process, killed ones included.</summary>
internal sealed class PgBouncer : IDisposable
{
    private const string Host = "127.0.0.1";
    private const string Configuration = "pgbouncer.ini";

    private const string Guard = """
        exec >/dev/null 2>&1
        trap '' HUP INT TERM
        "$@" &
        cat
        kill -9 "$!"
        wait
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly Process _guard;

    private PgBouncer(PostgresServer server, PoolMode mode, int sessions)
    {
        Port = FreePort();
        File.WriteAllText(
            _folder[Configuration],
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={PostgresCluster.Superuser}
            [pgbouncer]
            listen_addr = {Host}
            listen_port = {Port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode.ToString().ToLowerInvariant()}
            default_pool_size = {sessions}
            """
        );
        if (Environment.IsPrivilegedProcess)
        {
            string[] call = ["-R", PostgresCluster.Owner(), _folder.Path];
            new Command(Programs.Require("chown"), "/", call).Run().Exits(0);
        }

        _guard = StartGuard();
        WaitUntilItListens();
    }

    public int Port { get; }

    /// <summary>Starts one, or the test is not run where there is no PgBouncer on this machine.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="mode">Whose a session is.</param>
    /// <param name="sessions">How many sessions of the server it shares for each database.</param>
    public static PgBouncer Start(PostgresServer server, PoolMode mode, int sessions) =>
        new(server, mode, sessions);

    /// <summary>For <c>-c</c>.</summary>
    public string Connection(string database) =>
        $"Host={Host};Port={Port.ToString(CultureInfo.InvariantCulture)};Username={PostgresCluster.Superuser};Database={database};SSL Mode=Disable";

    public void Dispose()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit();
        _guard.Dispose();
        _folder.Dispose();
    }

    private Process StartGuard()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        string[] program = [.. AsOwner(), Programs.Require("pgbouncer"), _folder[Configuration]];
        foreach (var argument in (string[])["-c", Guard, "sh", .. program])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Its program ends in a failed connection, which says more than this could.</summary>
    private void WaitUntilItListens()
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience; Thread.Yield())
        {
            try
            {
                using var client = new TcpClient(Host, Port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>It refuses to run as root, and has to reach the server's socket.</summary>
    private static string[] AsOwner() =>
        Environment.IsPrivilegedProcess
            ?
            [
                Programs.Require("setpriv"),
                "--reuid",
                PostgresCluster.Owner(),
                "--clear-groups",
                "--",
            ]
            : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
