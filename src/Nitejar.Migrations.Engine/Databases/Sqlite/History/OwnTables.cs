using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>
/// The tables that are SQLite's or the migrator's own. Whoever migrates may do more than the application whose
/// database it is, so that what stands in their place must not get anything executed: no view, no virtual table, no
/// generated column, no trigger.
/// </summary>
internal static class OwnTables
{
    /// <summary>The condition that the column <c>name</c> of sqlite_master names none of them.</summary>
    public const string Excluded =
        @"name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT IN ('"
        + VersionInfoTable.Name
        + "', '"
        + VersionJournalTable.Name
        + "', '"
        + VersionArchiveTable.Name
        + "') AND name NOT GLOB '"
        + VersionArchiveTable.RowTables
        + "'";

    /// <summary>The condition that a row of sqlite_master takes the name of a function that tells about the schema.</summary>
    private const string IsFunction =
        $"name COLLATE NOCASE BETWEEN '{FunctionPrefix}' AND '{FunctionPrefix}~' AND lower(type) IN ('table', 'view')";

    /// <summary>How the names of those functions begin.</summary>
    public const string FunctionPrefix = "pragma_";

    /// <summary>What to do about a table that is not as it should be.</summary>
    public const string Remedy =
        "Repair it with the sqlite3 program, or restore the database from a backup.";

    /// <summary>The columns of one of the migrator's tables; empty where there is no such table.</summary>
    /// <exception cref="RefusedException">Something else has its name, or a column of it is generated.</exception>
    public static IReadOnlyList<string> ColumnsOf(SqliteConnection connection, string name)
    {
        _ = connection.Query(
            $"SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE name = $name COLLATE NOCASE OR {IsFunction}",
            RequirePlain,
            ("$name", name)
        );

        // The statement, not the function: a virtual table of the file could have the function's name.
        return connection.Query(
            $"PRAGMA main.table_xinfo({SqliteCommands.Quote(name)})",
            row => row.GetInt32(6) == 0 ? row.GetString(1) : throw Generated(name, row.GetString(1))
        );
    }

    /// <summary>Looks at all of them before the first of them is written.</summary>
    /// <exception cref="RefusedException">One is no ordinary table, or has a trigger, which would fire with the rights of whoever migrates.</exception>
    public static void RequireWritable(SqliteConnection connection) =>
        _ = connection.Query(
            $"""
            SELECT type, name, tbl_name, sql FROM main.sqlite_master
            WHERE lower(tbl_name) IN (lower('{VersionInfoTable.Name}'), lower('{VersionJournalTable.Name}'), lower('{VersionArchiveTable.Name}'))
                OR lower(tbl_name) GLOB lower('{VersionArchiveTable.RowTables}')
                OR {IsFunction}
            """,
            row => Is(row, "trigger") ? throw Trigger(row) : RequirePlain(row)
        );

    /// <summary>Refuses a file that has tables which SQLite would ask instead of its own functions.</summary>
    /// <exception cref="RefusedException">It has one.</exception>
    public static void RequireFunctions(SqliteConnection connection) =>
        _ = connection.Query(
            $"SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE {IsFunction}",
            RequirePlain
        );

    /// <summary>SQLite itself refuses a schema in which the words beside a statement are not those of the statement.</summary>
    private static bool RequirePlain(SqliteDataReader row)
    {
        var name = row.GetString(1);
        var isView = Is(row, "view");
        if (!isView && !Is(row, "table"))
        {
            return true;
        }

        if (name.StartsWith(FunctionPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(
                $"{name} has the name of a function that tells about the schema, and SQLite would ask it instead.",
                "Rename or drop it with the sqlite3 program."
            );
        }

        return (isView ? "a view" : PeculiarityOf(row)) is { } what
            ? throw new RefusedException(
                $"{name} is {what}, where only an ordinary table is read or written.",
                Remedy
            )
            : true;
    }

    private static string? PeculiarityOf(SqliteDataReader row)
    {
        var statement = new SqliteTokens(row.Text(3));
        return !statement.Skip("CREATE") || !statement.Skip("TABLE") ? "a virtual table"
            : IsWithoutRowid(statement) ? "a table without a rowid"
            : null;
    }

    private static bool IsWithoutRowid(SqliteTokens statement)
    {
        while (!statement.AtEnd())
        {
            if (!statement.Skip("WITHOUT"))
            {
                _ = statement.Next();
            }
            else if (statement.Skip("ROWID"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(SqliteDataReader row, string type) =>
        type.Equals(row.Text(0), StringComparison.OrdinalIgnoreCase);

    private static RefusedException Trigger(SqliteDataReader row) =>
        new(
            $"{row.GetString(2)} has the trigger {row.GetString(1)}, which every run would fire.",
            "Drop the trigger with the sqlite3 program."
        );

    private static RefusedException Generated(string table, string column) =>
        new($"{table} computes its column {column}, where only stored values are read.", Remedy);
}
