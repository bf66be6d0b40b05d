using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>Reads what SQLite says of its tables.</summary>
internal static class SqliteSchemaReader
{
    public static DatabaseSchema Read(SqliteConnection connection)
    {
        OwnTables.RequireFunctions(connection);
        var objects = connection.Query(
            $"""
            SELECT type, name, coalesce(sql, '') FROM sqlite_master
            WHERE type IN ('table', 'view', 'trigger') AND {OwnTables.Excluded}
            ORDER BY name
            """,
            row => new SchemaObject(row.GetString(0), row.GetString(1), row.GetString(2))
        );
        return new DatabaseSchema(
            [.. objects.Where(o => o.Kind == "table").Select(o => ReadTable(connection, o))],
            [.. objects.Where(o => o.Kind != "table")]
        );
    }

    private static TableSchema ReadTable(SqliteConnection connection, SchemaObject table)
    {
        var columns = connection.Query(
            "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo($table) WHERE hidden <> 1 ORDER BY cid",
            row =>
                (
                    Column: new ColumnSchema(
                        row.GetString(0),
                        row.GetString(1),
                        !row.GetBoolean(2),
                        row.Text(3)
                    ),
                    KeyPosition: row.GetInt32(4)
                ),
            ("$table", table.Name)
        );
        return new TableSchema(
            table.Name,
            [.. columns.Select(c => c.Column)],
            [
                .. columns
                    .Where(c => c.KeyPosition > 0)
                    .OrderBy(c => c.KeyPosition)
                    .Select(c => c.Column.Name),
            ],
            ReadForeignKeys(connection, table.Name),
            ReadIndexes(connection, table.Name),
            table.Sql
        );
    }

    private static ForeignKeySchema[] ReadForeignKeys(SqliteConnection connection, string table) =>
        connection
            .Query(
                """
                SELECT id, "table", "from", coalesce("to", ''), on_delete, on_update
                FROM pragma_foreign_key_list($table) ORDER BY id, seq
                """,
                row =>
                    (
                        Id: row.GetInt32(0),
                        Parent: row.GetString(1),
                        From: row.GetString(2),
                        To: row.GetString(3),
                        OnDelete: row.GetString(4),
                        OnUpdate: row.GetString(5)
                    ),
                ("$table", table)
            )
            .GroupBy(part => part.Id)
            .Select(key => new ForeignKeySchema(
                [.. key.Select(part => part.From)],
                key.First().Parent,
                [.. key.Select(part => part.To)],
                key.First().OnDelete,
                key.First().OnUpdate
            ))
            .OrderBy(key => key.Columns[0], StringComparer.Ordinal)
            .ToArray();

    private static IndexSchema[] ReadIndexes(SqliteConnection connection, string table) =>
        connection
            .Query(
                """
                SELECT list.name, list."unique", master.sql
                FROM pragma_index_list($table) AS list
                LEFT JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
                WHERE list.origin = 'c' ORDER BY list.name
                """,
                row => new IndexSchema(
                    row.GetString(0),
                    ReadIndexColumns(connection, row.GetString(0)),
                    row.GetBoolean(1),
                    row.Text(2)
                ),
                ("$table", table)
            )
            .ToArray();

    private static List<string> ReadIndexColumns(SqliteConnection connection, string index) =>
        connection.Query(
            "SELECT coalesce(name, '(expression)') FROM pragma_index_info($index) ORDER BY seqno",
            row => row.GetString(0),
            ("$index", index)
        );
}
