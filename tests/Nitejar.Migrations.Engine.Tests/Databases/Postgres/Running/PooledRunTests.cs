using System.Data;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>
/// Behind a pooler a run is one transaction with its lock, and leaves nothing in the session, which is another client's
/// next. What needs the session for longer is refused.
/// </summary>
[TestFixture(nameof(PoolMode.Transaction))]
[TestFixture(nameof(PoolMode.Session))]
public sealed class PooledRunTests(string mode)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PgBouncer _pooler = null!;
    private ThrowawayDatabase _database = null!;

    /// <summary>One session of the server for all clients: what waits with it in its hand waits for itself.</summary>
    [OneTimeSetUp]
    public void StartPooler() =>
        _pooler = PgBouncer.Start(PostgresServer.Shared(), Enum.Parse<PoolMode>(mode), sessions: 1);

    [OneTimeTearDown]
    public void StopPooler() => _pooler?.Dispose();

    [SetUp]
    public void MakeDatabase() => _database = EmptyDatabases.Take();

    [TearDown]
    public void DropDatabase() => _database?.Dispose();

    [Test]
    public void Runs_go_up_and_down_in_the_chosen_schema()
    {
        _database.Execute("CREATE SCHEMA app");
        var pooled = Pooled("Search Path=app");

        Succeed(pooled, Tables, new UpRequest());
        Succeed(pooled, Tables, new DownRequest());

        Assert.That(
            _database.Psql(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('public', 'app') ORDER BY 1"
            ),
            Is.EqualTo("app.VersionInfo\napp.VersionJournal\napp.one")
        );
    }

    [Test]
    public void Nothing_is_left_for_the_next_client()
    {
        _database.Execute(
            $"ALTER DATABASE {_database.Name} SET statement_timeout = '7s'; ALTER DATABASE {_database.Name} SET lock_timeout = '8s'"
        );
        var before = SessionOfTheNext();

        Succeed(
            Pooled(),
            Of("SET work_mem = '1MB'; SET ROLE pg_monitor; RESET ROLE; SET ROLE NONE"),
            new UpRequest()
        );
        using (var reader = Pooled().OpenReader(TimeSpan.Zero))
        {
            _ = reader!.ReadSchema();
        }

        Assert.That(SessionOfTheNext(), Is.EqualTo(before));
        Assert.That(
            _database.Psql(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void A_step_without_a_transaction_is_refused_before_anything_is_done()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Table(2, "two").WithoutTransaction()
        );

        var failure = Run(Pooled(), catalog, new UpRequest()).Failure;

        Assert.That(
            failure,
            Is.TypeOf<DatabaseUnavailableException>()
                .With.Message.StartsWith("2_two runs without a transaction")
        );
        Assert.That(
            new DryRun(Pooled(), catalog).Preview(new UpRequest(), Waits).Verdict?.Message,
            Is.EqualTo(failure!.Message)
        );
        Assert.That(
            _database.Psql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"),
            Is.EqualTo("0")
        );
    }

    /// <summary>In the usual isolation of such a role the history would be as it was before the lock was free.</summary>
    [Test]
    public async Task What_a_direct_run_has_applied_is_seen_once_its_lock_is_free()
    {
        _database.Execute(
            $"ALTER DATABASE {_database.Name} SET default_transaction_isolation = 'repeatable read'"
        );
        using var holding = new HeldMigration();
        var direct = Task.Run(() => Run(Direct(), holding.Behind(Tables), new UpRequest()));
        await holding.Until(direct);
        var observer = new Waiting();
        var pooled = Task.Run(() => Run(Pooled(), Tables, new UpRequest(), observer));
        await observer.Waits.Task.WaitAsync(Patience);

        // It waits without a session, so that others, of whom there may be one at a time, come through.
        Assert.That(
            mode == nameof(PoolMode.Session) || Psql("SELECT 1") == "1",
            "the pooler's session is kept"
        );
        holding.Release();

        Assert.That((await direct).Failure, Is.Null);
        var result = await pooled;
        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Steps, Is.Empty);
    }

    [Test]
    public async Task A_statement_is_ended_when_the_run_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var run = Task.Run(() =>
            Run(Pooled(), Of("SELECT pg_sleep(600)"), new UpRequest(), cancellation: cancel.Token)
        );
        while (
            _database.Psql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(600)%' AND wait_event = 'PgSleep'"
            ) == "0"
        )
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();

        Assert.That(
            (await run.WaitAsync(Patience)).Failure,
            Is.InstanceOf<OperationCanceledException>()
        );
        Assert.That(
            _database.Psql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void A_dry_run_counts_on_when_a_statement_names_what_is_not_there_yet()
    {
        _database.Execute("CREATE TABLE t (id integer); INSERT INTO t VALUES (1)");
        var catalog = Of(
            "CREATE TABLE made (id integer); DELETE FROM t WHERE id IN (SELECT id FROM made); DELETE FROM t WHERE id = 1"
        );

        var step = new DryRun(Pooled(), catalog).Preview(new UpRequest(), Waits).Steps[0];

        Assert.That(step.Losses.Select(loss => loss.Rows), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void What_needs_a_scratch_database_is_refused()
    {
        Assert.That(
            Run(Pooled(), Tables, new AdoptRequest()).Failure,
            Is.TypeOf<DatabaseUnavailableException>()
                .With.Message.Contains("a pooler, which does not know the scratch database")
        );
        Assert.That(
            () => ((IDatabase)Pooled()).CreateScratch(),
            Throws.TypeOf<DatabaseUnavailableException>().With.Message.Contains("a pooler")
        );
    }

    private static MigrationCatalog Tables { get; } =
        MigrationsOf.Catalog(MigrationsOf.Table(1, "one"), MigrationsOf.Table(2, "two"));

    private static TransactionSettings Waits { get; } =
        new(TimeSpan.Zero, StatementTimeout: null, static (_, _) => { });

    private static MigrationCatalog Of(string up) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up));

    private PostgresDatabase Pooled(string words = "") =>
        Database($"{_pooler.Connection(_database.Name)};{words}");

    private PostgresDatabase Direct() => Database(_database.ConnectionString);

    private static PostgresDatabase Database(string connection) =>
        new(new PostgresConnectionText(static _ => null).ParseAdo(connection));

    private static void Succeed(
        IDatabase database,
        MigrationCatalog catalog,
        MigrationRequest request
    ) => Assert.That(Run(database, catalog, request).Failure, Is.Null);

    private static RunResult Run(
        IDatabase database,
        MigrationCatalog catalog,
        MigrationRequest request,
        IRunObserver? observer = null,
        CancellationToken cancellation = default
    ) =>
        new MigrationRunner(database, catalog, () => HistoryOf.Origin).Run(
            request,
            new RunSettings(Patience, Consent: Consent.ToRequest),
            observer ?? new Waiting(),
            cancellation
        );

    /// <summary>What a client finds that comes after another one: all settings, and what it is.</summary>
    private string SessionOfTheNext() =>
        Psql(
            """
            SELECT string_agg(name || '=' || setting, E'\n' ORDER BY name) FROM pg_settings
            UNION ALL SELECT current_user || ' ' || session_user
            UNION ALL SELECT count(*)::text FROM pg_listening_channels()
            """
        );

    private string Psql(string sql) => PostgresServer.Shared().Psql(_pooler, _database.Name, sql);

    private sealed class Waiting : IRunObserver
    {
        public TaskCompletionSource Waits { get; } = new();

        public void LockWait(DateTime until, string? holder) => Waits.TrySetResult();

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }

    /// <summary>A migration that lets the test decide how long it takes.</summary>
    private sealed class HeldMigration : IDisposable
    {
        private readonly ManualResetEventSlim _held = new();
        private readonly ManualResetEventSlim _released = new();

        public MigrationCatalog Behind(MigrationCatalog catalog) =>
            MigrationsOf.Catalog([
                .. catalog.All,
                MigrationsOf.Code(3, "Held", m => m.Execute.WithConnection(Hold), static _ => { }),
            ]);

        private void Hold(IDbConnection connection, IDbTransaction transaction)
        {
            _held.Set();
            _released.Wait(Patience);
        }

        public async Task Until(Task run)
        {
            while (!_held.IsSet && !run.IsCompleted)
            {
                await Task.Yield();
            }
        }

        public void Release() => _released.Set();

        public void Dispose()
        {
            _held.Dispose();
            _released.Dispose();
        }
    }
}
