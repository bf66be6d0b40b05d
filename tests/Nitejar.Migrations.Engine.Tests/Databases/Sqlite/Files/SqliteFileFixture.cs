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

/// <summary>A folder in which a database is to be.</summary>
public abstract class SqliteFileFixture
{
    protected static readonly Engine.Catalog.MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one")
    );

    /// <summary>In milliseconds: more than a busy machine needs, less than the driver's own wait of 30 s, let alone for ever.</summary>
    protected const int EndsAtOnce = 10_000;

    private protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public void CreateFolder() => Folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => Folder.Dispose();

    protected static Engine.Catalog.MigrationCatalog Endless() =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Endless",
                "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            )
        );

    protected static TransactionSettings Waits(TimeSpan lockTimeout) =>
        new(lockTimeout, StatementTimeout: null, (_, _) => { });

    protected static RunResult Up(string path, Engine.Catalog.MigrationCatalog? catalog = null) =>
        Up(new SqliteDatabase(path), catalog ?? Catalog);

    protected static RunResult Up(
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

    protected static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    protected sealed class NoObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }

    private protected static MigrationTransaction Begin(
        string path,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        IDatabase database = new SqliteDatabase(path);
        return MigrationTransaction.Begin(database, settings, cancellation);
    }
}
