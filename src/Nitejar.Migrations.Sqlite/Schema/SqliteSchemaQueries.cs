using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Schema;

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

    public QueryRows Read(string sql)
    {
        RequireSelect(sql);
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(Array.ConvertAll(values, value => value is DBNull ? null : value));
        }

        return new QueryRows(
            [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)],
            rows
        );
    }

    /// <summary>The connection may be that of a run, and what is evaluated must not execute anything.</summary>
    private void RequireSelect(string sql)
    {
        var tokens = new SqliteTokens(sql);
        var isSelect = tokens.Skip("SELECT") || tokens.Skip("WITH");
        var code = raw.sqlite3_prepare_v2(connection.Handle, sql, out var prepared, out var rest);
        using (prepared)
        {
            if (code != raw.SQLITE_OK)
            {
                throw new NotSupportedException(
                    raw.sqlite3_errmsg(connection.Handle).utf8_to_string()
                );
            }

            if (
                !isSelect
                || raw.sqlite3_stmt_readonly(prepared) == 0
                || SqlBlanks.Trim(rest ?? "").Length > 0
            )
            {
                throw new NotSupportedException(
                    "A migration can only read with one SELECT while it is evaluated."
                );
            }
        }
    }

    private static string Master(string? schema) =>
        string.IsNullOrWhiteSpace(schema)
            ? "sqlite_master"
            : Identifier.Quote(schema) + ".sqlite_master";
}
