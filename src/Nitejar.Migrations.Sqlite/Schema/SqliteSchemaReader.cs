using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>
/// Reads what a file's main database looks like from the statements that made it, which is all that SQLite itself
/// knows of it: docs/decisions/0017-schema-from-its-statements.md.
/// </summary>
internal static class SqliteSchemaReader
{
    /// <summary>Reads everything but SQLite's and the migrator's own objects.</summary>
    /// <exception cref="RefusedException">A table has the name of a function that would be asked here.</exception>
    public static DatabaseSchema ReadSchema(SqliteConnection connection, string versionTable)
    {
        var objects = ReadObjects(connection, versionTable);
        var shadows = SqliteVirtualTable.ReadShadows(
            connection,
            objects.Tables.FindAll(table => table.IsVirtualTable)
        );
        var tables = objects.Tables.ConvertAll(table => Read(connection, table, objects, shadows));
        var byName = new Dictionary<string, Table>(tables.Count, SqliteNames.Comparer);
        foreach (var table in tables)
        {
            byName[table.Name.Name] = table;
        }

        return new DatabaseSchema(
            tables.ConvertAll(table => WithParentKeys(table, byName.GetValueOrDefault)),
            objects.Views.ConvertAll(view => ViewOf(view, objects)),
            []
        );
    }

    /// <summary>Reads the statements of everything but SQLite's and the migrator's own objects.</summary>
    /// <exception cref="RefusedException">A table has the name of a function that would be asked here.</exception>
    public static SqliteObjects ReadObjects(SqliteConnection connection, string versionTable)
    {
        var objects = SqliteObjects.Read(
            connection,
            $"SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE {SqliteOwnTables.Excluded(versionTable)}"
        );
        if (objects.HaveNameOfFunction)
        {
            SqliteOwnTables.RequireFunctions(connection);
        }

        return objects;
    }

    /// <summary>Reads one table, the migrator's own included; <see langword="null"/> if there is none.</summary>
    public static Table? ReadTable(SqliteConnection connection, string name) =>
        ReadAlone(connection, name) is { } table
            ? WithParentKeys(table, parent => ReadAlone(connection, parent))
            : null;

    /// <summary>Reads one column; <see langword="null"/> if there is none.</summary>
    public static Column? ReadColumn(SqliteConnection connection, string table, string column) =>
        ReadAlone(connection, table)
            ?.Columns.FirstOrDefault(c => SqliteNames.Comparer.Equals(c.Name, column));

    private static Table? ReadAlone(SqliteConnection connection, string name)
    {
        var objects = SqliteObjects.Read(
            connection,
            "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE tbl_name = $table COLLATE NOCASE",
            ("$table", name)
        );
        return objects.Tables is [var table] ? Read(connection, table, objects, []) : null;
    }

    private static Table Read(
        SqliteConnection connection,
        SqliteObject table,
        SqliteObjects objects,
        HashSet<string> shadows
    )
    {
        var read = table.IsVirtualTable
            ? SqliteVirtualTable.Read(connection, table)
            : SqliteTableBuilder.Build(
                table,
                shadows.Contains(table.Name) ? TableKind.Shadow : TableKind.Ordinary,
                objects.IndexesOf(table.Name)
            );
        return objects.TriggersOf(table.Name) is { Count: > 0 } triggers
            ? read with
            {
                Triggers = triggers.ConvertAll(TriggerOf),
            }
            : read;
    }

    private static View ViewOf(SqliteObject view, SqliteObjects objects) =>
        new(
            new ObjectName(null, view.Name),
            SqliteNormalForm.Statement(view.Sql),
            objects.TriggersOf(view.Name).ConvertAll(TriggerOf)
        );

    private static Trigger TriggerOf(SqliteObject trigger) =>
        new(trigger.Name, SqliteNormalForm.Statement(trigger.Sql));

    /// <summary>Adds the parent's columns where a foreign key omits them: those of the parent's primary key.</summary>
    private static Table WithParentKeys(Table table, Func<string, Table?> find)
    {
        foreach (var key in table.ForeignKeys)
        {
            if (key.Referenced.Count == 0)
            {
                return table with
                {
                    ForeignKeys = [.. table.ForeignKeys.Select(k => WithParentKey(k, find))],
                };
            }
        }

        return table;
    }

    private static ForeignKey WithParentKey(ForeignKey key, Func<string, Table?> find) =>
        key.Referenced.Count == 0
        && find(key.Table.Name)?.PrimaryKey is { } parent
        && parent.Parts.Count == key.Columns.Count
            ? key with
            {
                Referenced = [.. parent.Columns],
            }
            : key;
}
