using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>What there is to say of a table, a line for each fact: once as SQLite says it, once as the model does.</summary>
internal static class SchemaFacts
{
    /// <summary>By pragmas and by <c>sqlite3_table_column_metadata</c>.</summary>
    public static IReadOnlyList<string> BySqlite(SqliteConnection connection, string table)
    {
        var list = connection.Query(
            "SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = $table",
            row =>
                $"table {row.GetString(0)}, without rowid {row.GetBoolean(1)}, strict {row.GetBoolean(2)}",
            ("$table", table)
        );
        return
        [
            .. list,
            .. Columns(connection, table),
            .. ForeignKeys(connection, table),
            .. Indexes(connection, table),
        ];
    }

    /// <summary>By the model.</summary>
    public static IReadOnlyList<string> ByModel(Table table)
    {
        var kind = SchemaWords.Of(table.Traits.Kind);
        var position = (table.PrimaryKey?.Columns ?? []).ToList();
        return
        [
            $"table {kind}, without rowid {!table.Traits.HasRowId}, strict {table.Traits.IsStrict}",
            .. table.Columns.Select(column =>
                Column(
                    column.Name,
                    column.Type.Declared,
                    !column.IsNullable,
                    column.Default?.Raw,
                    position.FindIndex(name => name == column.Name) + 1,
                    column.Generated is null ? 0
                        : column.Generated.IsStored ? 3
                        : 2,
                    column.Collation ?? "BINARY",
                    column.IsIdentity && table.Traits.IsAutoIncrement
                )
            ),
            .. table.ForeignKeys.Select(key =>
                ForeignKey(
                    key.Columns,
                    key.Table.Name,
                    key.Referenced,
                    SchemaWords.Of(key.OnUpdate),
                    SchemaWords.Of(key.OnDelete)
                )
            ),
            .. Sorted([
                .. table.Indexes.Select(index =>
                    Index(
                        index.Name,
                        index.IsUnique,
                        "c",
                        index.Where is not null,
                        index.Parts.Select(Part)
                    )
                ),
                .. table.Uniques.Select(key => Index("", true, "u", false, key.Parts.Select(Part))),
                .. table.PrimaryKey is { } key && !table.Columns.Any(column => column.IsIdentity)
                    ? [Index("", true, "pk", false, key.Parts.Select(Part))]
                    : (string[])[],
            ]),
        ];
    }

    private static string Part(IndexPart part) =>
        PartOf(part.Column, part.IsDescending, part.Collation ?? "BINARY");

    private static List<string> Columns(SqliteConnection connection, string table) =>
        connection.Query(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo($table, 'main') ORDER BY cid",
            row =>
            {
                var code = raw.sqlite3_table_column_metadata(
                    connection.Handle,
                    "main",
                    table,
                    row.GetString(0),
                    out _,
                    out var collation,
                    out _,
                    out _,
                    out var autoIncrement
                );
                Assert.That(code, Is.EqualTo(raw.SQLITE_OK));
                return Column(
                    row.GetString(0),
                    row.GetString(1),
                    row.GetBoolean(2),
                    row.Text(3),
                    row.GetInt32(4),
                    row.GetInt32(5),
                    collation,
                    autoIncrement != 0
                );
            },
            ("$table", table)
        );

    private static IEnumerable<string> ForeignKeys(SqliteConnection connection, string table) =>
        connection
            .Query(
                """
                SELECT id, "table", "from", "to", on_update, on_delete,
                    (SELECT name FROM pragma_table_xinfo(k."table", 'main') WHERE pk = k.seq + 1) AS implied,
                    (SELECT max(pk) FROM pragma_table_xinfo(k."table", 'main')) AS keyed
                FROM pragma_foreign_key_list($table, 'main') AS k ORDER BY id DESC, seq
                """,
                row =>
                    (
                        Id: row.GetInt32(0),
                        Parent: row.GetString(1),
                        From: row.GetString(2),
                        To: row.Text(3) ?? row.Text(6),
                        OnUpdate: row.GetString(4),
                        OnDelete: row.GetString(5),
                        Keyed: row.IsDBNull(3) ? (row.IsDBNull(7) ? 0 : row.GetInt32(7)) : -1
                    ),
                ("$table", table)
            )
            .GroupBy(part => part.Id)
            .Select(key =>
                ForeignKey(
                    key.Select(part => part.From),
                    key.First().Parent,
                    key.First().Keyed is var keyed && keyed >= 0 && keyed != key.Count()
                        ? []
                        : key.Select(part => part.To!),
                    key.First().OnUpdate,
                    key.First().OnDelete
                )
            );

    private static IEnumerable<string> Indexes(SqliteConnection connection, string table) =>
        Sorted(
            connection
                .Query(
                    "SELECT name, \"unique\", origin, partial FROM pragma_index_list($table, 'main')",
                    row =>
                        (
                            Name: row.GetString(0),
                            IsUnique: row.GetBoolean(1),
                            Origin: row.GetString(2),
                            IsPartial: row.GetBoolean(3)
                        ),
                    ("$table", table)
                )
                .Select(index =>
                    Index(
                        index.Origin == "c" ? index.Name : "",
                        index.IsUnique,
                        index.Origin,
                        index.IsPartial,
                        connection.Query(
                            "SELECT name, \"desc\", coll FROM pragma_index_xinfo($index, 'main') WHERE key ORDER BY seqno",
                            row => PartOf(row.Text(0), row.GetBoolean(1), row.GetString(2)),
                            ("$index", index.Name)
                        )
                    )
                )
        );

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) =>
        lines.Order(StringComparer.Ordinal);

    private static string Column(
        string name,
        string type,
        bool isNotNull,
        string? value,
        int key,
        int hidden,
        string collation,
        bool isAutoIncrement
    ) =>
        $"column {name}: type {type}, not null {isNotNull}, default {value}, key {key}, hidden {hidden}, collation {collation.ToUpperInvariant()}, autoincrement {isAutoIncrement}";

    private static string ForeignKey(
        IEnumerable<string> columns,
        string parent,
        IEnumerable<string> referenced,
        string onUpdate,
        string onDelete
    ) =>
        $"foreign key ({string.Join(", ", columns)}) to {parent} ({string.Join(", ", referenced)}), on update {onUpdate}, on delete {onDelete}";

    private static string Index(
        string name,
        bool isUnique,
        string origin,
        bool isPartial,
        IEnumerable<string> parts
    ) =>
        $"index {name}: unique {isUnique}, origin {origin}, partial {isPartial}, ({string.Join(", ", parts)})";

    private static string PartOf(string? column, bool isDescending, string collation) =>
        $"{column ?? "expression"} {(isDescending ? "desc" : "asc")} {collation.ToUpperInvariant()}";
}
