using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Answers as stock FluentMigrator does: names are compared exactly, and every schema exists.</summary>
internal sealed class SqliteSchemaQueries(SqliteConnection connection) : ISchemaQueries
{
    public bool SchemaExists(string schema) => true;

    public bool TableExists(string? schema, string table) =>
        connection.Any(
            $"SELECT 1 FROM {Master(schema)} WHERE type = 'table' AND name = $table",
            ("$table", table)
        );

    public bool ColumnExists(string? schema, string table, string column) =>
        TableExists(schema, table)
        && connection.Any(
            "SELECT 1 FROM pragma_table_info($table) WHERE name = $column",
            ("$table", table),
            ("$column", column)
        );

    public bool ConstraintExists(string? schema, string table, string constraint) =>
        connection.Any(
            $"SELECT 1 FROM {Master(schema)} WHERE type = 'index' AND tbl_name = $table AND name = $constraint AND sql LIKE 'CREATE UNIQUE INDEX %'",
            ("$table", table),
            ("$constraint", constraint)
        );

    public bool IndexExists(string? schema, string table, string index) =>
        connection.Any(
            $"SELECT 1 FROM {Master(schema)} WHERE type = 'index' AND tbl_name = $table AND name = $index",
            ("$table", table),
            ("$index", index)
        );

    private static string Master(string? schema) =>
        string.IsNullOrWhiteSpace(schema)
            ? "sqlite_master"
            : SqliteCommands.Quote(schema) + ".sqlite_master";
}
