using System.Globalization;

namespace Nitejar.Migrations.Faults.Tests.Harness.Servers;

/// <summary>A primary and its standby, which takes over when the primary has crashed.</summary>
internal sealed class ServerPair : IDisposable
{
    private const string Name = "nitejar";

    private bool _hasFailedOver;

    /// <param name="isSynchronous">Whether a commit waits until the standby has it.</param>
    public ServerPair(bool isSynchronous)
    {
        Primary = PostgresServer.Start(new PostgresServerSettings());
        Standby = PostgresServer.Start(
            new PostgresServerSettings { StandbyOf = Primary, ListensOnLoopback = true }
        );
        var waitsFor = isSynchronous ? "*" : "";
        Primary.Administer($"ALTER SYSTEM SET synchronous_standby_names = '{waitsFor}'");
        Primary.Administer("SELECT pg_reload_conf()");
    }

    public PostgresServer Primary { get; }

    public PostgresServer Standby { get; }

    /// <summary>Makes a database on both.</summary>
    /// <returns>Its name. It goes with the servers.</returns>
    public string CreateDatabase()
    {
        Primary.Administer($"CREATE DATABASE {Name}");
        TakeOverAll();
        return Name;
    }

    /// <summary>For <c>-c</c>, whichever takes writes: the primary by its socket or a proxy, the standby by a port.</summary>
    public string Connection(string database, string primary) =>
        $"Host={primary},127.0.0.1:{Standby.Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database={database};SSL Mode=Disable;Target Session Attributes=primary";

    /// <summary>From here on the standby gets nothing more, and does not know it.</summary>
    public void Disconnect()
    {
        foreach (
            var sender in Primary
                .Psql("postgres", "SELECT pid FROM pg_stat_replication")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            Signals.Send(int.Parse(sender, CultureInfo.InvariantCulture), "STOP");
        }
    }

    /// <summary>Returns when the standby has all that the primary has.</summary>
    public void TakeOverAll()
    {
        var written = Primary.Psql("postgres", "SELECT pg_current_wal_flush_lsn()");
        while (Standby.Psql("postgres", $"SELECT pg_last_wal_replay_lsn() >= '{written}'") != "t")
        {
            Thread.Yield();
        }
    }

    /// <summary>The primary crashes, and the standby becomes the primary.</summary>
    public void FailOver()
    {
        _hasFailedOver = true;
        Primary.Dispose();
        Standby.Administer("SELECT pg_promote(true, 60)");
    }

    public void Dispose()
    {
        Standby.Dispose();
        if (!_hasFailedOver)
        {
            Primary.Dispose();
        }
    }
}
