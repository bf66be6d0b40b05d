using System.Globalization;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>
/// A database that tests can look into without the engine, and what of SQL is not the same for each kind of database.
/// Fixtures are written in what is: every column has a type, <c>INSERT</c> names its columns, names with capitals are
/// quoted, and queries whose rows are compared are ordered.
/// </summary>
public interface ITestDatabase : IDisposable
{
    /// <summary>The type and constraint of a key that the database counts up by itself, giving no number twice.</summary>
    static abstract string NumberedKey { get; }

    /// <summary>Whether the database numbers the rows of every table, so that rows without a key are told apart, and their order is known.</summary>
    static abstract bool NumbersRows { get; }

    /// <summary>SQL that makes a trigger for each row, to be followed by other statements.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="timing">When it fires, as <c>AFTER INSERT ON t</c>.</param>
    /// <param name="body">Its statements, each with a semicolon; they may name columns of <c>old</c> and <c>new</c>.</param>
    static abstract string Trigger(string name, string timing, string body);

    /// <summary>The engine's view of it. It need not exist yet.</summary>
    IDatabase Database { get; }

    /// <summary>Executes SQL past the engine.</summary>
    void Execute(string sql);

    /// <summary>Every row as text, read past the engine.</summary>
    string[] Query(string sql);

    /// <summary>Everything that the database holds, as text; the same text means the same database.</summary>
    string Dump();

    /// <summary>The names of all tables.</summary>
    string[] TableNames();

    /// <summary>The last number that the key of a table has counted; empty where it does not count or has not yet.</summary>
    string[] Counter(string table);

    /// <summary>Rows that refer to rows which are not there; always none where the database allows none.</summary>
    string[] Dangling();
}

/// <summary>
/// What every kind of database has to do, written once: fixtures that derive from this name the kinds on which they
/// run. Each test has a database of its own.
/// </summary>
public abstract class ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private TDatabase _database = default!;

    protected IDatabase Database => _database.Database;

    /// <summary>For what only one kind of database has.</summary>
    protected TDatabase TestDatabase => _database;

    [SetUp]
    public void CreateDatabase() => _database = new TDatabase();

    [TearDown]
    public void DeleteDatabase() => _database.Dispose();

    protected void Execute(string sql) => _database.Execute(sql);

    protected string[] Query(string sql) => _database.Query(sql);

    protected string Dump() => _database.Dump();

    protected string[] TableNames() => _database.TableNames();

    protected string[] Counter(string table) => _database.Counter(table);

    protected string[] Dangling() => _database.Dangling();

    protected RunResult Run(
        MigrationCatalog catalog,
        MigrationRequest request,
        RunSettings? settings = null,
        CancellationToken cancellation = default
    ) =>
        new MigrationRunner(Database, catalog, () => HistoryOf.Origin).Run(
            request,
            settings ?? new RunSettings(TimeSpan.FromSeconds(5)),
            new SilentObserver(),
            cancellation
        );

    /// <summary>Runs and expects success.</summary>
    protected RunResult Succeed(
        MigrationCatalog catalog,
        MigrationRequest request,
        RunSettings? settings = null
    )
    {
        var result = Run(catalog, request, settings);
        Assert.That(result.Failure, Is.Null);
        return result;
    }

    /// <summary>Runs and expects this failure and that nothing at all has changed.</summary>
    protected TFailure Fail<TFailure>(
        MigrationCatalog catalog,
        MigrationRequest request,
        RunSettings? settings = null
    )
        where TFailure : Exception
    {
        var before = Dump();
        var result = Run(catalog, request, settings);
        Assert.That(result.Failure, Is.InstanceOf<TFailure>());
        Assert.That(Dump(), Is.EqualTo(before), "the database has changed");
        return (TFailure)result.Failure!;
    }

    /// <summary>What <c>--yes</c> gives.</summary>
    protected static RunSettings Allowed { get; } = new(TimeSpan.Zero, Consent: Consent.ToRequest);

    /// <summary>One migration; an empty text executes nothing.</summary>
    private protected static MigrationCatalog Sql(string up, string down = "") =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up, down));

    protected long[] Applied() =>
        [
            .. Query("SELECT \"Version\" FROM \"VersionInfo\" ORDER BY \"Version\"")
                .Select(text => long.Parse(text, CultureInfo.InvariantCulture)),
        ];

    /// <summary>For what only reads.</summary>
    protected static TransactionSettings NoWait { get; } =
        new(TimeSpan.Zero, StatementTimeout: null, (_, _) => { });

    protected sealed class SilentObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) =>
            TestContext.Out.WriteLine($"waiting until {until}");

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine($"{direction} {migration}");
    }
}
