using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>
/// The tables that are SQLite's or the migrator's own. A migrator may do more than the application whose
/// database it is, so that what stands in their place must not get anything executed: no view, no virtual table, no
/// generated column, no trigger.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="versionTable">The name of the table of applied versions.</param>
internal sealed class SqliteOwnTables(SqliteConnection connection, string versionTable) : IOwnTables
{
    /// <summary>A pattern for GLOB that the tables with archived rows match, and no other table should.</summary>
    private const string RowTables = $"{OwnNames.VersionArchive}_[0-9]*";

    /// <summary>The condition that the column <c>name</c> of sqlite_master names none of them.</summary>
    public static string Excluded(string versionTable) =>
        $@"name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT IN ({Names(versionTable)}) AND name NOT GLOB '{RowTables}'";

    private static string Names(string versionTable) =>
        $"'{versionTable.Replace("'", "''", StringComparison.Ordinal)}', '{OwnNames.VersionJournal}', '{OwnNames.VersionArchive}'";

    /// <summary>Whether a name is that of one of them, as <see cref="Excluded"/> tells.</summary>
    public static bool Includes(string name, string versionTable) =>
        name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase)
        || name == versionTable
        || name is OwnNames.VersionJournal or OwnNames.VersionArchive
        || (
            name.StartsWith($"{OwnNames.VersionArchive}_", StringComparison.Ordinal)
            && name.Length > OwnNames.VersionArchive.Length + 1
            && char.IsAsciiDigit(name[OwnNames.VersionArchive.Length + 1])
        );

    /// <summary>The condition that a row of sqlite_master takes the name of a function that tells about the schema.</summary>
    private const string IsFunction =
        $"name COLLATE NOCASE BETWEEN '{FunctionPrefix}' AND '{FunctionPrefix}~' AND lower(type) IN ('table', 'view')";

    /// <summary>How the names of those functions begin.</summary>
    public const string FunctionPrefix = "pragma_";

    /// <summary>What to do about a table that is not as it should be.</summary>
    public const string Remedy =
        "Repair it with the sqlite3 program, or restore the database from a backup.";

    public IReadOnlyList<string> ReadColumns(string table)
    {
        _ = connection.Query(
            $"SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE name = @table COLLATE NOCASE OR {IsFunction}",
            RequirePlain,
            ("@table", table)
        );

        // The statement, not the function: a virtual table of the file could have the function's name.
        return connection.Query(
            $"PRAGMA main.table_xinfo({Identifier.Quote(table)})",
            row =>
                row.GetInt32(6) == 0 ? row.GetString(1) : throw Generated(table, row.GetString(1))
        );
    }

    public void RequireWritable() =>
        _ = connection.Query(
            $"""
            SELECT type, name, tbl_name, sql FROM main.sqlite_master
            WHERE tbl_name COLLATE NOCASE IN ({Names(versionTable)})
                OR lower(tbl_name) GLOB lower('{RowTables}')
                OR {IsFunction}
            """,
            row => Is(row, "trigger") ? throw Trigger(row) : RequirePlain(row)
        );

    public void ReadBounded(string table, int longest, Action read)
    {
        var before = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, longest);
        try
        {
            read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_TOOBIG)
        {
            throw new RefusedException(
                FormattableString.Invariant(
                    $"{table} holds a value of more than {longest:N0} bytes, which no run has written."
                ),
                Remedy,
                e
            );
        }
        finally
        {
            _ = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, before);
        }
    }

    public long BytesOf(DbDataReader row)
    {
        var statement = ((SqliteDataReader)row).Handle;
        var bytes = 0L;
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (raw.sqlite3_column_type(statement, column) is raw.SQLITE_TEXT or raw.SQLITE_BLOB)
            {
                bytes += raw.sqlite3_column_bytes(statement, column);
            }
        }

        return bytes;
    }

    /// <summary>Refuses a file that has tables which SQLite would ask instead of its own functions.</summary>
    /// <exception cref="RefusedException">It has one.</exception>
    public static void RequireFunctions(SqliteConnection connection) =>
        _ = connection.Query(
            $"SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE {IsFunction}",
            RequirePlain
        );

    /// <summary>SQLite itself refuses a schema in which the words beside a statement are not those of the statement.</summary>
    private static bool RequirePlain(DbDataReader row)
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

    private static string? PeculiarityOf(DbDataReader row)
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

    private static bool Is(DbDataReader row, string type) =>
        type.Equals(row.Text(0), StringComparison.OrdinalIgnoreCase);

    private static RefusedException Trigger(DbDataReader row) =>
        new(
            $"{row.GetString(2)} has the trigger {row.GetString(1)}, which every run would fire.",
            "Drop the trigger with the sqlite3 program."
        );

    private static RefusedException Generated(string table, string column) =>
        new($"{table} computes its column {column}, where only stored values are read.", Remedy);
}
