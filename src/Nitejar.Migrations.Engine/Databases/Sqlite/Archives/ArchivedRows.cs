using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>The table that holds the rows of one archive entry.</summary>
internal static class ArchivedRows
{
    /// <summary>It; <see langword="null"/> where somebody dropped it by hand.</summary>
    public static SqliteTable? TableOf(SqliteConnection connection, StoredArchive archive) =>
        SqliteTable.Find(connection, archive.Entry.ArchiveTable);

    /// <summary>Its columns, named as in the table that they came from; empty where it is gone.</summary>
    public static IReadOnlyList<string> ColumnsOf(
        SqliteConnection connection,
        StoredArchive archive
    ) => TableOf(connection, archive)?.Columns ?? [];

    /// <summary>How many rows it holds.</summary>
    public static long Count(SqliteConnection connection, StoredArchive archive) =>
        connection.Number($"SELECT count(*) FROM {archive.Quoted}");

    /// <summary>Whether the columns hold all of these.</summary>
    public static bool Have(IReadOnlyList<string> columns, IEnumerable<string> wanted) =>
        wanted.All(column => columns.Contains(column, SqliteNames.Comparer));

    /// <summary>The condition that row <c>a</c> of the archive and row <c>t</c> of the table have the same key.</summary>
    /// <remarks>The table's columns stand first, so that their index and collation count. As a row value, since AND would nest as deep as the table is wide.</remarks>
    public static string SameKey(IReadOnlyList<string> key) =>
        $"{RowOf(key, "t.")} IS {RowOf(key, "a.")}";

    /// <summary>The condition that both have the same values there, and not only what a collation takes for the same.</summary>
    public static string SameValues(IReadOnlyList<string> columns) =>
        $"{RowOf(columns, "t.", " COLLATE BINARY")} IS {RowOf(columns, "a.")}";

    /// <summary>The condition that none of these columns is NULL in row <c>a</c>.</summary>
    public static string IsComplete(IReadOnlyList<string> key) =>
        string.Join(" AND ", key.Select(column => $"a.{SqliteCommands.Quote(column)} IS NOT NULL"));

    /// <summary>
    /// Executes a statement for all rows <c>a</c> of the archive or, where an error of one would keep all of them
    /// from the table, for each by itself, without those that fail.
    /// </summary>
    /// <param name="connection">The connection of the run.</param>
    /// <param name="archive">The rows.</param>
    /// <param name="sql">Makes the statement with one more condition.</param>
    /// <returns>How many rows of the table it made or changed.</returns>
    public static long ForThoseThatFit(
        SqliteConnection connection,
        StoredArchive archive,
        Func<string, string> sql
    )
    {
        if (TryChange(connection, sql("1")) is { } changed)
        {
            return changed;
        }

        var rowId = TableOf(connection, archive)?.RowId;
        return rowId is null
            ? 0
            : connection
                .Query($"SELECT {rowId} FROM {archive.Quoted}", row => row.GetInt64(0))
                .Sum(row => TryChange(connection, sql($"a.{rowId} = {row}")) ?? 0);
    }

    /// <summary>What was changed; <see langword="null"/> where a value was refused with an error, and nothing was.</summary>
    private static long? TryChange(SqliteConnection connection, string sql)
    {
        try
        {
            return connection.Change(sql);
        }
        catch (SqliteException e) when (IsAboutValues(e.SqliteErrorCode))
        {
            return null;
        }
    }

    private static bool IsAboutValues(int code) =>
        (code & 0xff)
            is raw.SQLITE_ERROR
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_TOOBIG;

    private static string RowOf(IReadOnlyList<string> columns, string prefix, string collation = "")
    {
        var values = columns.Select(column => prefix + SqliteCommands.Quote(column) + collation);
        return $"({string.Join(", ", values)})";
    }
}
