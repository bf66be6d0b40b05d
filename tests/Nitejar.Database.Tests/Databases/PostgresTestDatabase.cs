using LinqToDB;
using LinqToDB.DataProvider.PostgreSQL;
using Nitejar.Migrations;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Postgres;

namespace Nitejar.Database.Tests.Databases;

/// <summary>A database of the shared server, migrated by the script.</summary>
public sealed class PostgresTestDatabase : ITestDatabase
{
    private static readonly string s_script = new MigrationScripter(
        MigrationCatalog.From(MigrationIndex.All),
        PostgresDriver.Instance
    ).Write(new ScriptRange(Direction.Up, null, null));

    private readonly ThrowawayDatabase _database = EmptyDatabases.Take();

    public PostgresTestDatabase() => _database.Execute(s_script);

    public string ConnectionString => _database.ConnectionString;

    public DataOptions Options =>
        new DataOptions().UsePostgreSQL(ConnectionString, PostgreSQLVersion.v13);

    public NitejarDatabase Connect() => NitejarDatabase.Postgres(ConnectionString);

    public void Dispose() => _database.Dispose();

    public string[] Tables()
    {
        using var database = Connect();
        return database.Rows(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'Version%' ORDER BY 1"
        );
    }

    public ColumnFacts[] Columns(string table)
    {
        using var database = Connect();
        return
        [
            .. database
                .Rows(
                    $"""
                    SELECT column_name::text, data_type::text, is_nullable::text, column_default::text, is_identity::text,
                        EXISTS (
                            SELECT 1 FROM information_schema.key_column_usage AS k
                            JOIN information_schema.table_constraints AS c USING (constraint_name, table_name)
                            WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_name = '{table}'
                                AND k.column_name = columns.column_name
                        )::text
                    FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position
                    """
                )
                .Select(row => row.Split('|'))
                .Select(row => new ColumnFacts(
                    row[0],
                    row[1],
                    row[2] == "YES",
                    row[4] == "YES" ? "identity" : Default(row[3]),
                    row[5] == "true"
                )),
        ];
    }

#pragma warning disable IDE0072 // linq2db names the types of every database; a name that is missing fails the test.
    public string TypeName(DataType type) =>
        type switch
        {
            DataType.Text => "text",
            DataType.Int32 => "integer",
            DataType.Int64 => "bigint",
            _ => $"no name for {type}",
        };
#pragma warning restore IDE0072

    private static string Default(string sql) =>
        sql switch
        {
            "NULL" => "none",
            "(EXTRACT(epoch FROM now()))::integer" => "now",
            ['\'', ..] => sql.Replace("::text", "", StringComparison.Ordinal),
            _ => $"'{sql}'",
        };
}
