using LinqToDB;
using LinqToDB.DataProvider.SQLite;
using Nitejar.Migrations;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Database.Tests.Databases;

/// <summary>A SQLite file that the engine has migrated.</summary>
public sealed class SqliteTestDatabase : ITestDatabase
{
    private readonly TemporaryFolder _folder = new();

    public SqliteTestDatabase()
    {
        var result = new MigrationRunner(
            new SqliteDatabase(Path),
            MigrationCatalog.From(MigrationIndex.All),
            () => RunOrigin.Current("test")
        ).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.FromSeconds(5)),
            new Silent(),
            CancellationToken.None
        );
        Assert.That(result.Failure, Is.Null);
    }

    public string Path => _folder["test.db"];

    public string ConnectionString => $"Data Source={Path};Pooling=False";

    public DataOptions Options =>
        new DataOptions().UseSQLite(ConnectionString, SQLiteProvider.Microsoft);

    public NitejarDatabase Connect() => NitejarDatabase.Sqlite(ConnectionString);

    public void Dispose() => _folder.Dispose();

    public string[] Tables()
    {
        using var database = Connect();
        return database.Rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'Version%' ORDER BY name"
        );
    }

    public ColumnFacts[] Columns(string table)
    {
        using var database = Connect();
        var increments = database
            .Rows($"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0]
            .Contains("AUTOINCREMENT", StringComparison.Ordinal);
        return
        [
            .. database
                .Rows(
                    $"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}') ORDER BY cid"
                )
                .Select(row => row.Split('|'))
                .Select(row => new ColumnFacts(
                    row[0],
                    row[1],
                    row[2] == "0",
                    increments && row[4] != "0" ? "identity" : Default(row[3]),
                    row[4] != "0"
                )),
        ];
    }

#pragma warning disable IDE0072 // linq2db names the types of every database; a name that is missing fails the test.
    public string TypeName(DataType type) =>
        type switch
        {
            DataType.Text => "TEXT",
            DataType.Int32 or DataType.Int64 => "INTEGER",
            _ => $"no name for {type}",
        };
#pragma warning restore IDE0072

    private static string Default(string sql) =>
        sql switch
        {
            "NULL" => "none",
            "unixepoch()" => "now",
            ['\'', ..] => sql,
            _ => $"'{sql}'",
        };

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
