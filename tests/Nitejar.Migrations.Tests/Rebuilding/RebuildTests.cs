using FluentMigrator;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Rebuilding;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>A database file, the engine, and a way into the file past it.</summary>
public abstract class RebuildTests
{
    private TemporaryFolder _folder = null!;

    protected string DatabaseFile => _folder["x.db"];

    /// <summary>What SQL is written by; usually the usual driver.</summary>
    protected virtual SqliteDriver Driver => SqliteDriver.Instance;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>A migration that rebuilds, and rebuilds back where a way back is given.</summary>
    protected static KnownMigration Rebuilding(TableRebuild up, TableRebuild? down = null) =>
        Known(2, m => Rebuild(m, up), m => Rebuild(m, down ?? up));

    protected static KnownMigration Known(
        long version,
        Action<Migration> up,
        Action<Migration> down
    ) =>
        new(
            new MigrationId(version, $"M{version}"),
            new MigrationAttribute(version),
            () => new Delegated(up, down)
        );

    protected static void Rebuild(Migration migration, TableRebuild rebuild) =>
        migration.IfDatabase(ProcessorIdConstants.SQLite).Execute.RebuildTable(rebuild);

    protected RunResult Run(MigrationRequest request, params KnownMigration[] catalog) =>
        new MigrationRunner(
            new SqliteDatabase(DatabaseFile) { SqliteDriver = Driver },
            new MigrationCatalog(catalog),
            () => RunOrigin.Current("test")
        ).Run(request, new RunSettings(TimeSpan.Zero), new Printing(), CancellationToken.None);

    protected void Succeed(MigrationRequest request, params KnownMigration[] catalog) =>
        Assert.That(Run(request, catalog).Failure, Is.Null);

    /// <summary>Runs and expects a failure with these words, and that nothing at all has changed.</summary>
    protected void Fail(string words, MigrationRequest request, params KnownMigration[] catalog)
    {
        var before = Dump();
        var failure = Run(request, catalog).Failure;
        Assert.That(failure, Is.InstanceOf<MigrateException>());
        Assert.That(failure!.Message, Does.Contain(words));
        Assert.That(Dump(), Is.EqualTo(before), "the database has changed");
    }

    /// <summary>Executes SQL past the engine, with foreign keys enforced as applications do.</summary>
    protected void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected string[] Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }

        return [.. rows];
    }

    /// <summary>Everything but the history.</summary>
    protected string Dump()
    {
        const string mine =
            "name NOT IN ('VersionInfo', 'VersionJournal', 'UC_Version') AND name NOT LIKE 'sqlite%'";
        var objects = Query(
            $"SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE {mine} ORDER BY type, name"
        );
        var tables = Query(
            $"SELECT name FROM sqlite_master WHERE type = 'table' AND {mine} ORDER BY name"
        );
        var rows = tables.SelectMany(table =>
            Query($"SELECT * FROM \"{table.Replace("\"", "\"\"")}\"").Prepend($"-- {table}")
        );
        return string.Join('\n', objects.Concat(rows));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            $"Data Source={DatabaseFile};Pooling=False;Foreign Keys=True"
        );
        connection.Open();
        return connection;
    }

    private sealed class Delegated(Action<Migration> up, Action<Migration> down) : Migration
    {
        public override void Up() => up(this);

        public override void Down() => down(this);
    }

    private sealed class Printing : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine($"-- {direction} {migration}\n{sql}");
    }
}
