using System.Globalization;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>A database that tests can look into without the engine.</summary>
public interface ITestDatabase : IDisposable
{
    /// <summary>The engine's view of it. It need not exist yet.</summary>
    IDatabase Database { get; }

    /// <summary>Executes SQL past the engine.</summary>
    void Execute(string sql);

    /// <summary>Every row as text, read past the engine.</summary>
    string[] Query(string sql);

    /// <summary>Everything that the database holds, as text; the same text means the same database.</summary>
    string Dump();
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

    [SetUp]
    public void CreateDatabase() => _database = new TDatabase();

    [TearDown]
    public void DeleteDatabase() => _database.Dispose();

    protected void Execute(string sql) => _database.Execute(sql);

    protected string[] Query(string sql) => _database.Query(sql);

    protected string Dump() => _database.Dump();

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
