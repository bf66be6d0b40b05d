using Nitejar.Migrations.Binary.Tests.Tools;
using Npgsql;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary>A standby is read, and says so; what would change it names the primary as what to connect to.</summary>
public sealed class StandbyTests : WorkplaceTests
{
    private const string Read = "nitejar-migrate %";

    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;
    private ThrowawayDatabase _database = null!;

    [OneTimeSetUp]
    public void StartServers()
    {
        _primary = PostgresServer.Start(new PostgresServerSettings());
        _database = _primary.CreateDatabase();
        OpenWorkplace();
        Place.Run("up", "-c", On(_primary)).Exits(0);
        CloseWorkplace();
        _primary.Psql(
            _database.Name,
            """
            CREATE TABLE others (a integer); CREATE TABLE first (a integer); CREATE TABLE second (a integer);
            CREATE VIEW view_1 AS SELECT * FROM first; CREATE VIEW view_2 AS SELECT * FROM second;
            """
        );
        _standby = PostgresServer.Start(
            new PostgresServerSettings
            {
                StandbyOf = _primary,
                Parameters = new Dictionary<string, string>
                {
                    // What the primary does goes before what a reader wants.
                    ["max_standby_streaming_delay"] = "0",
                },
            }
        );
    }

    [OneTimeTearDown]
    public void StopServers()
    {
        _standby?.Dispose();
        _database?.Dispose();
        _primary?.Dispose();
    }

    [TestCase("status")]
    [TestCase("schema")]
    [TestCase("history")]
    public void What_only_reads_says_whose_standby_it_is_and_how_far_behind(string command)
    {
        TakeOver();

        var result = Place.Run(command, "-c", On(_standby)).Exits(0);

        Assert.That(
            result.Error,
            Does.Match($@"^\S+ is a standby of {_primary.Host}, \d+ s behind\n$")
        );
        Assert.That(result.Output, Is.EqualTo(OnPrimary(command)));
    }

    [Test]
    public void A_role_that_may_not_know_the_primary_is_told_the_rest()
    {
        _primary.Psql(
            _database.Name,
            "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"
        );
        TakeOver();

        Assert.That(
            Place.Run("status", "-c", On(_standby, "reader")).Exits(0).Error,
            Does.Match(@"^\S+ is a standby, \d+ s behind\n$")
        );
    }

    [TestCase("up")]
    [TestCase("up", "--dry-run")]
    [TestCase("down", "--yes")]
    [TestCase("down", "--dry-run")]
    [TestCase("redo", "--yes")]
    [TestCase("adopt")]
    public void What_would_change_it_is_refused(params string[] call) =>
        Assert.That(
            Place.Run([.. call, "-c", On(_standby)]).Exits(7).Error,
            Does.Contain("is a standby, which takes no writes.")
                .And.Contain(
                    "Name the primary server, or several hosts with Target Session Attributes=primary."
                )
        );

    [Test]
    public void Of_several_hosts_the_primary_is_found() =>
        Place
            .Run(
                "up",
                "-c",
                $"{On(_standby)};Host={_standby.Host},{_primary.Host};Target Session Attributes=primary"
            )
            .Exits(0);

    [Test]
    public void Drift_needs_a_scratch_database_and_says_what_does_not() =>
        Assert.That(
            Place.Run("drift", "-c", On(_standby)).Exits(7).Error,
            Does.Contain("no scratch database can be made").And.Contain("`status`")
        );

    [Test]
    public void A_read_that_is_in_the_way_of_the_primary_is_made_again()
    {
        using var holder = Lock("second");
        using var reading = Place.Start("schema", "-c", On(_standby));
        EndRead(WaitForRead());
        holder.Execute("ROLLBACK");

        reading.WaitForEnd().Exits(0);
    }

    [Test]
    public void A_read_that_is_in_the_way_twice_says_so()
    {
        using var holder = Lock("second");
        using var reading = Place.Start("schema", "-c", On(_standby));
        EndRead(WaitForRead());
        EndRead(WaitForRead());

        var result = reading.WaitForEnd().Exits(7);

        holder.Execute("ROLLBACK");
        Assert.That(
            result.Error,
            Does.Contain("conflict with recovery").And.Contain("max_standby_streaming_delay")
        );
    }

    private string On(PostgresServer server, string user = "postgres") =>
        $"Host={server.Host};Port={server.Port};Username={user};Database={_database.Name}";

    private string OnPrimary(string command) =>
        Place
            .Run(command, "-c", On(_primary))
            .Exits(0)
            .Output.Replace(_primary.Host, _standby.Host);

    /// <summary>Returns when the standby has all that the primary has.</summary>
    private void TakeOver()
    {
        var written = _primary.Psql(_database.Name, "SELECT pg_current_wal_flush_lsn()");
        while (
            _standby.Psql(_database.Name, $"SELECT pg_last_wal_replay_lsn() >= '{written}'") != "t"
        )
        {
            Thread.Yield();
        }
    }

    /// <summary>Locks a table on both servers until the transaction ends. What reads the schema waits there for its view.</summary>
    private Session Lock(string table)
    {
        var holder = new Session(_database.ConnectionString);
        holder.Execute($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
        Commit("INSERT INTO others VALUES (1)");
        return holder;
    }

    /// <summary>Returns when the program waits for a table, and has another one.</summary>
    /// <returns>When the read began.</returns>
    private string WaitForRead()
    {
        string began;
        do
        {
            began = _standby.Psql(
                _database.Name,
                $"SELECT query_start FROM pg_stat_activity WHERE application_name LIKE '{Read}' AND wait_event_type = 'Lock'"
            );
        } while (began == "");

        return began;
    }

    /// <summary>Locks the table that the program has on the primary, and returns when the read has ended.</summary>
    private void EndRead(string began)
    {
        Commit(
            "BEGIN; LOCK TABLE first IN ACCESS EXCLUSIVE MODE; INSERT INTO first VALUES (1); COMMIT"
        );
        while (
            _standby.Psql(
                _database.Name,
                $"SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '{Read}' AND query_start = '{began}' AND state = 'active'"
            ) != ""
        )
        {
            Thread.Yield();
        }
    }

    /// <summary>Changes the primary, and returns when the standby has taken it over.</summary>
    private void Commit(string sql)
    {
        _primary.Psql(_database.Name, sql);
        TakeOver();
    }

    private sealed class Session : IDisposable
    {
        private readonly NpgsqlConnection _connection;

        public Session(string connection)
        {
            _connection = new NpgsqlConnection(connection);
            _connection.Open();
        }

        public void Execute(string sql)
        {
            using var command = new NpgsqlCommand(sql, _connection);
            command.ExecuteNonQuery();
        }

        public void Dispose() => _connection.Dispose();
    }
}
