using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Files;

/// <summary>What may lie where a database is expected, and what is left behind.</summary>
public sealed class SqliteFileTests
{
    private static readonly Engine.Catalog.MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one")
    );

    /// <summary>In milliseconds: more than a busy machine needs, less than the driver's own wait of 30 s, let alone for ever.</summary>
    private const int EndsAtOnce = 10_000;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_failed_first_run_leaves_no_file()
    {
        var broken = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Sql(2, "Broken", "no SQL")
        );

        Assert.That(Up(_folder["x.db"], broken).Failure, Is.TypeOf<MigrationFailedException>());

        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_first_run_leaves_one_file()
    {
        Assert.That(Up(_folder["x.db"]).Failure, Is.Null);

        Assert.That(
            Directory.GetFileSystemEntries(_folder.Path),
            Is.EqualTo(new[] { _folder["x.db"] })
        );
    }

    [Test]
    public void A_link_to_nowhere_is_filled_where_it_leads()
    {
        File.CreateSymbolicLink(_folder["link.db"], _folder["target.db"]);

        Assert.That(Up(_folder["link.db"]).Failure, Is.Null);

        Assert.That(new FileInfo(_folder["link.db"]).LinkTarget, Is.EqualTo(_folder["target.db"]));
        Assert.That(new FileInfo(_folder["target.db"]).Length, Is.GreaterThan(0));
    }

    [Test]
    public void Whoever_creates_the_database_second_continues_with_the_first_ones()
    {
        var path = _folder["x.db"];
        using var late = Begin(path, Waits(TimeSpan.Zero), default);
        late.AddApplied(new MigrationId(7, "Late"), "Late");
        Assert.That(Up(path).Failure, Is.Null);

        Assert.That(() => late.Commit(), Throws.TypeOf<DatabaseCreatedElsewhereException>());

        late.Dispose();
        Assert.That(Up(path).Steps, Is.Empty);
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [TestCase("garbage", TestName = "garbage")]
    [TestCase("", TestName = "an empty file")]
    [TestCase("SQLite format 3\0 and then nothing of the kind", TestName = "a truncated header")]
    public void What_is_no_database_is_left_alone(string content)
    {
        var path = _folder["x.db"];
        File.WriteAllText(path, content);

        var result = Up(path);

        Assert.That(result.Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(result.Failure!.Message, Does.Contain(path));
        Assert.That(File.ReadAllText(path), Is.EqualTo(content));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_directory_is_no_database() =>
        Assert.That(Up(_folder.Path).Failure, Is.TypeOf<DatabaseUnavailableException>());

    [Test]
    public void A_folder_that_is_missing_is_not_made()
    {
        Assert.That(Up(_folder["no/such/x.db"]).Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(Directory.Exists(_folder["no"]), Is.False);
    }

    [Test]
    public void The_journal_of_a_database_that_is_gone_is_not_mixed_into_a_new_one()
    {
        File.WriteAllText(_folder["x.db-journal"], "left over");

        var failure = Up(_folder["x.db"]).Failure;

        Assert.That(failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(failure!.Message, Does.Contain("x.db-journal"));
    }

    [TestCase(SqliteOpenMode.ReadOnly)]
    [TestCase(SqliteOpenMode.ReadWrite)]
    public void A_mode_that_forbids_creating_is_honoured(SqliteOpenMode mode)
    {
        var database = new SqliteDatabase(_folder["x.db"], mode);

        Assert.That(Up(database, Catalog).Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void Reading_a_database_in_WAL_mode_leaves_nothing_beside_it()
    {
        var path = _folder["x.db"];
        Assert.That(Up(path).Failure, Is.Null);
        Execute(path, "PRAGMA journal_mode=WAL; CREATE TABLE w (id INTEGER)");

        using (var reader = new SqliteDatabase(path).OpenReader(TimeSpan.Zero)!)
        {
            Assert.That(reader.ReadApplied(), Has.Count.EqualTo(1));
        }

        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void A_reader_cannot_write()
    {
        var path = _folder["x.db"];
        Assert.That(Up(path).Failure, Is.Null);
        using var connection = SqliteConnections.OpenToRead(path, path, TimeSpan.Zero);

        Assert.That(
            () => connection.Execute("CREATE TABLE t (id INTEGER)"),
            Throws.TypeOf<SqliteException>()
        );
    }

    [Test]
    public void A_lock_that_somebody_holds_ends_the_wait_in_time_and_is_said_once()
    {
        var path = _folder["x.db"];
        Execute(path, "CREATE TABLE t (id INTEGER)");
        using var holder = Begin(path, Waits(TimeSpan.Zero), default);
        var waits = 0;
        var settings = new TransactionSettings(
            TimeSpan.FromMilliseconds(300),
            StatementTimeout: null,
            (_, _) => waits++
        );

        var clock = Stopwatch.StartNew();
        Assert.That(() => Begin(path, settings, default), Throws.TypeOf<LockTimeoutException>());

        Assert.That(clock.ElapsedMilliseconds, Is.InRange(290, EndsAtOnce));
        Assert.That(waits, Is.EqualTo(1));
    }

    [Test]
    public void Waiting_for_a_lock_can_be_cancelled()
    {
        var path = _folder["x.db"];
        Execute(path, "CREATE TABLE t (id INTEGER)");
        using var holder = Begin(path, Waits(TimeSpan.Zero), default);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.That(
            () => Begin(path, Waits(TimeSpan.FromMinutes(1)), cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void A_long_statement_is_interrupted_and_rolled_back()
    {
        var path = _folder["x.db"];
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var result = new MigrationRunner(
            new SqliteDatabase(path),
            Endless(),
            () => HistoryOf.Origin
        ).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.Zero),
            new NoObserver(),
            cancellation.Token
        );

        Assert.That(result.Failure, Is.InstanceOf<OperationCanceledException>());
        Assert.That(result.Duration.TotalMilliseconds, Is.LessThan(EndsAtOnce));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void A_statement_that_takes_longer_than_allowed_fails()
    {
        var settings = new RunSettings(TimeSpan.Zero, TimeSpan.FromMilliseconds(200));

        var result = Up(new SqliteDatabase(_folder["x.db"]), Endless(), settings);

        Assert.That(result.Failure, Is.TypeOf<MigrationFailedException>());
        Assert.That(result.Failure!.Message, Does.Contain("--timeout"));
        Assert.That(result.Duration.TotalMilliseconds, Is.LessThan(EndsAtOnce));
    }

    private static Engine.Catalog.MigrationCatalog Endless() =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Endless",
                "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            )
        );

    private static TransactionSettings Waits(TimeSpan lockTimeout) =>
        new(lockTimeout, StatementTimeout: null, (_, _) => { });

    private static RunResult Up(string path, Engine.Catalog.MigrationCatalog? catalog = null) =>
        Up(new SqliteDatabase(path), catalog ?? Catalog);

    private static RunResult Up(
        SqliteDatabase database,
        Engine.Catalog.MigrationCatalog catalog,
        RunSettings? settings = null
    ) =>
        new MigrationRunner(database, catalog, () => HistoryOf.Origin).Run(
            new UpRequest(),
            settings ?? new RunSettings(TimeSpan.Zero),
            new NoObserver(),
            CancellationToken.None
        );

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    private sealed class NoObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }

    private static MigrationTransaction Begin(
        string path,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        IDatabase database = new SqliteDatabase(path);
        return MigrationTransaction.Begin(database, settings, cancellation);
    }
}
