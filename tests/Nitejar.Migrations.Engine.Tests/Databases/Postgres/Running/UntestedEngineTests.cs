using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>
/// Engines that speak the protocol: refused with their own words, and with a profile run where that is allowed. A
/// PostgreSQL that answers as they do shows what this program does, and nothing about them.
/// </summary>
public sealed class UntestedEngineTests
{
    private const string Lease = "SELECT coalesce(\"Owner\", 'free') FROM \"VersionLease\"";

    private readonly ThrowawayDatabase _database = PostgresServer.Shared().CreateDatabase();

    [OneTimeTearDown]
    public void DropDatabase() => _database.Dispose();

    [TearDown]
    public void EndPretence()
    {
        _database.Execute(PretendedEngine.End);
        _database.Empty();
    }

    [TestCase(PretendedEngine.Cockroach, "is not a PostgreSQL server but CockroachDB")]
    [TestCase(PretendedEngine.Yugabyte, "is not a PostgreSQL server but YugabyteDB")]
    [TestCase("PostgreSQL 12.3, compiled by Visual C++ build 1914, 64-bit, QuestDB", "another one")]
    [TestCase("PostgreSQL 9.5.0 on x86_64-unknown-linux-gnu (Materialize v0.90.0)", "another one")]
    [TestCase("PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.12103", "another one")]
    [TestCase("CrateDB 5.5.1 (built 2023-12-01)", "another one ('CrateDB 5.5.1")]
    public void An_engine_is_refused_by_its_words(string version, string words)
    {
        _database.Execute(PretendedEngine.AsCockroach + PretendedEngine.As(version));

        var failure = Run(Table, isAllowed: false).Failure;

        Assert.That(failure, Is.InstanceOf<DatabaseUnavailableException>());
        Assert.That(failure!.Message, Does.Contain(words));
        Assert.That(
            _database.Psql("SELECT count(*) FROM pg_tables WHERE tablename ~ '^Version'"),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void An_engine_without_a_profile_is_refused_even_where_untested_ones_are_allowed()
    {
        _database.Execute(PretendedEngine.As("PostgreSQL 13.14.0-RisingWave-2.1.0"));

        Assert.That(Run(Table).Failure!.Message, Does.Contain("RisingWave"));
    }

    [TestCase(PretendedEngine.Cockroach)]
    [TestCase(PretendedEngine.Yugabyte)]
    public void Statements_run_one_by_one_under_a_lease_and_leave_it_free(string version)
    {
        _database.Execute(PretendedEngine.AsCockroach + PretendedEngine.As(version));

        var up = Run(
            Single(
                "CREATE TABLE seen (owner text, idle text); INSERT INTO seen SELECT \"Owner\", current_setting('idle_in_transaction_session_timeout') FROM \"VersionLease\"",
                "DROP TABLE seen"
            )
        );

        Assert.That(up.Failure, Is.Null);
        Assert.That(
            _database.Psql("SELECT * FROM seen"),
            Does.Match($"^a run on .* \\(process {Environment.ProcessId}, .*\\)\\|15s$")
        );
        Assert.That(_database.Psql(Lease), Is.EqualTo("free"));
        Assert.That(_database.Psql("SELECT \"Version\" FROM \"VersionInfo\""), Is.EqualTo("1"));
    }

    [Test]
    public void What_a_profile_cannot_keep_is_refused_before_anything_is_done()
    {
        _database.Execute(PretendedEngine.AsCockroach);

        Assert.Multiple(() =>
        {
            RequireRefused(Table, new UpRequest(), "does not undo changes of the schema");
            RequireRefused(
                Single("CREATE INDEX CONCURRENTLY i ON t (id)", ""),
                new UpRequest(),
                "inside a transaction block"
            );
            RequireRefused(
                MigrationsOf.Catalog(
                    MigrationsOf
                        .Code(1, "One", m => m.Execute.WithConnection((_, _) => { }), _ => { })
                        .WithoutTransaction()
                ),
                new UpRequest(),
                "runs code without a transaction"
            );
        });

        Assert.That(Run(Single("CREATE TABLE t (id int)", "DROP TABLE t")).Failure, Is.Null);
        RequireRefused(
            Single("CREATE TABLE t (id int)", "DROP TABLE t"),
            new DownRequest(),
            "Rows are not kept"
        );
    }

    [TestCase("1 hour", false)]
    [TestCase("-1 second", true)]
    public void Another_run_has_the_lease_until_its_time_is_over(string left, bool isOver)
    {
        _database.Execute(PretendedEngine.AsCockroach);
        Assert.That(Run(Single("CREATE TABLE t (id int)", "")).Failure, Is.Null);
        _database.Execute(
            $"UPDATE \"VersionLease\" SET \"Owner\" = 'a run on far', \"Expires\" = now() + interval '{left}'"
        );

        var failure = Run(Single("CREATE TABLE t (id int)", "", "two")).Failure;

        Assert.That(
            failure,
            isOver
                ? Is.Null
                : Is.InstanceOf<LockTimeoutException>().With.Message.Contains("a run on far")
        );
        Assert.That(_database.Psql(Lease), Is.EqualTo(isOver ? "free" : "a run on far"));
    }

    /// <summary>Only a transaction that has the row can change it, so that the run's own statement has to do it.</summary>
    [Test]
    public void A_run_that_has_lost_its_lease_does_nothing_more()
    {
        _database.Execute(PretendedEngine.AsCockroach);

        var failure = Run(
            Single(
                "CREATE TABLE first (id int); UPDATE \"VersionLease\" SET \"Owner\" = 'a run on far'; CREATE TABLE third (id int)",
                ""
            )
        ).Failure;

        Assert.That(
            failure,
            Is.InstanceOf<DatabaseUnavailableException>().With.Message.Contains("lease")
        );
        Assert.That(
            _database.Psql("SELECT to_regclass('first'), to_regclass('third')"),
            Is.EqualTo("first|")
        );
    }

    [Test]
    public void Citus_runs_each_transaction_in_sequence_on_its_coordinator()
    {
        _database.Execute(PretendedEngine.AsCitus(group: 0));

        Assert.That(Run(Table, isAllowed: false).Failure!.Message, Does.Contain("Citus"));
        Assert.That(
            Run(
                MigrationsOf.Catalog(
                    MigrationsOf.Sql(
                        1,
                        "One",
                        "CREATE TABLE seen AS SELECT current_setting('citus.multi_shard_modify_mode') AS mode"
                    )
                )
            ).Failure,
            Is.Null
        );
        Assert.That(_database.Psql("SELECT mode FROM seen"), Is.EqualTo("sequential"));
    }

    [Test]
    public void A_worker_of_Citus_is_refused()
    {
        _database.Execute(PretendedEngine.AsCitus(group: 3));

        Assert.That(Run(Table).Failure!.Message, Does.Contain("is a worker of Citus"));
    }

    private static MigrationCatalog Table { get; } =
        MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));

    private static MigrationCatalog Single(string up, string down, params string[] more) =>
        MigrationsOf.Catalog([
            MigrationsOf.Sql(1, "One", up, down).WithoutTransaction(),
            .. more.Select(
                (name, index) =>
                    MigrationsOf
                        .Sql(index + 2, name, $"CREATE TABLE {name} (id int)")
                        .WithoutTransaction()
            ),
        ]);

    private void RequireRefused(MigrationCatalog catalog, MigrationRequest request, string words)
    {
        var failure = Run(catalog, request: request).Failure;
        Assert.That(failure?.Message, Does.Contain(words));
    }

    private RunResult Run(
        MigrationCatalog catalog,
        bool isAllowed = true,
        MigrationRequest? request = null
    )
    {
        var forms = PostgresDriver.Instance.Connections;
        var database = forms.ReadAdo(
            _database.ConnectionString,
            new ConnectionContext("test", "/", static _ => null)
            {
                AllowsUntestedEngine = isAllowed,
            }
        );
        return new MigrationRunner(database, catalog, () => HistoryOf.Origin).Run(
            request ?? new UpRequest(),
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest),
            new SilentObserver(),
            CancellationToken.None
        );
    }

    private sealed class SilentObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
