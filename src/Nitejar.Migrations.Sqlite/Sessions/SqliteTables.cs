using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Sessions;

/// <summary>What SQLite says of the tables of a file's main database.</summary>
/// <param name="connection">The connection.</param>
/// <param name="versionTable">The name of the table of applied versions.</param>
internal sealed class SqliteTables(SqliteConnection connection, string versionTable) : ITables
{
    /// <summary>How many columns a table or a SELECT may have.</summary>
    private const int MostColumns = 2000;

    private static readonly string[] RowIdNames = ["rowid", "_rowid_", "oid"];

    public IReadOnlyList<string> ReadNames()
    {
        SqliteOwnTables.RequireFunctions(connection);
        return connection.Query(
            $"""
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND {SqliteOwnTables.Excluded(versionTable)}
            ORDER BY name
            """,
            row => row.GetString(0)
        );
    }

    public StoredTable? Find(string table)
    {
        // SQLite's own tables, such as the counters, hold no rows of users and take no trigger.
        var found = connection.Query(
            @"SELECT name, type, wr FROM pragma_table_list(@name) WHERE schema = 'main' AND type <> 'view' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'",
            row => (Name: row.GetString(0), Type: row.GetString(1), HidesRowId: row.GetBoolean(2)),
            ("@name", table)
        );
        return found.Count == 0 ? null : Build(found[0]);
    }

    public bool Exists(string table) =>
        raw.sqlite3_table_column_metadata(
            connection.Handle,
            "main",
            table,
            null,
            out _,
            out _,
            out _,
            out _,
            out _
        ) == raw.SQLITE_OK;

    public IReadOnlyList<NamedObject> ReadObjects() =>
        connection.Query(
            "SELECT type, name, tbl_name FROM main.sqlite_master",
            row => new NamedObject(KindOf(row.GetString(0)), row.GetString(1), row.GetString(2))
        );

    public IReadOnlyList<ObjectDefinition> ReadDefinitions()
    {
        // Every first run does this: by hand, and with a plain query, it costs half as much.
        using var command = connection.Command(
            "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
        );
        using var row = command.ExecuteReader();
        var definitions = new List<ObjectDefinition>();
        while (row.Read())
        {
            var table = row.GetString(2);
            if (!row.IsDBNull(3) && !SqliteOwnTables.Includes(table, versionTable))
            {
                definitions.Add(
                    new ObjectDefinition(
                        KindOf(row.GetString(0)),
                        row.GetString(1),
                        table,
                        row.GetString(3)
                    )
                );
            }
        }

        return definitions;
    }

    public bool IsHidden(string table) =>
        connection.Any(
            "SELECT 1 FROM sqlite_temp_master WHERE name = @table COLLATE NOCASE",
            ("@table", table)
        );

    public Table? Read(string table) => SqliteSchemaReader.ReadTable(connection, table);

    public DatabaseSchema ReadSchema() => SqliteSchemaReader.ReadSchema(connection, versionTable);

    public IReadOnlyList<DeleteAction> ReadDeleteActions() =>
        connection.Query(
            """
            SELECT m.name, k."from", k."table", k.on_delete
            FROM main.sqlite_master AS m, pragma_foreign_key_list(m.name, 'main') AS k
            WHERE m.type = 'table' AND k.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
            """,
            row => new DeleteAction(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                Cascades: row.GetString(3) == "CASCADE"
            )
        );

    public bool MayReplaceRows() =>
        connection.Any(
            "SELECT 1 FROM sqlite_master WHERE type = 'trigger' OR sql LIKE '%REPLACE%'"
        );

    private static EffectKind KindOf(string type) =>
        type switch
        {
            "index" => EffectKind.MakeIndex,
            "view" => EffectKind.MakeView,
            "trigger" => EffectKind.MakeTrigger,
            "table" => EffectKind.MakeTable,
            _ => throw new DatabaseUnavailableException(
                "The database is damaged: its schema holds an object of an unknown type.",
                $"{SqliteDialect.Inspecting}, and restore it from a backup."
            ),
        };

    private StoredTable Build((string Name, string Type, bool HidesRowId) found)
    {
        var columns = connection.Query(
            "SELECT name, pk FROM pragma_table_xinfo(@name, 'main') WHERE hidden = 0 ORDER BY cid",
            row => (Name: row.GetString(0), KeyPosition: row.GetInt32(1)),
            ("@name", found.Name)
        );
        var names = columns.ConvertAll(column => column.Name);
        var key = columns.Where(c => c.KeyPosition > 0).OrderBy(c => c.KeyPosition);
        var rowId =
            found.HidesRowId || names.Count >= MostColumns
                ? null
                : Array.Find(RowIdNames, id => !names.Contains(id, SqliteNames.Comparer));
        return new StoredTable(
            found.Name,
            SqliteDialect.QualifyMain(found.Name),
            names,
            [.. key.Select(column => column.Name)]
        )
        {
            Names = SqliteNames.Comparer,
            IsVirtual = found.Type == "virtual",
            RowId = rowId,
            Number = rowId,
        };
    }
}
