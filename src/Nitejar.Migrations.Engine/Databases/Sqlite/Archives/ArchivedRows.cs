using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>The table that holds the rows of one archive entry.</summary>
internal static class ArchivedRows
{
    /// <summary>Its columns, named as in the table that they came from; empty where somebody dropped it by hand.</summary>
    public static List<string> ColumnsOf(SqliteConnection connection, StoredArchive archive) =>
        connection.Query(
            "SELECT name FROM pragma_table_info($table) ORDER BY cid",
            row => row.GetString(0),
            ("$table", archive.Entry.ArchiveTable)
        );

    /// <summary>How many rows it holds.</summary>
    public static long Count(SqliteConnection connection, StoredArchive archive) =>
        connection.Number($"SELECT count(*) FROM {archive.Quoted}");

    /// <summary>Whether the columns hold all of these.</summary>
    public static bool Have(IReadOnlyList<string> columns, IEnumerable<string> wanted) =>
        wanted.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>The condition that row <c>a</c> of the archive and row <c>t</c> of the table are the same one.</summary>
    /// <remarks>The table's column stands first, so that its index and its collation count.</remarks>
    public static string SameKey(IReadOnlyList<string> key) =>
        string.Join(
            " AND ",
            key.Select(column =>
                $"t.{SqliteCommands.Quote(column)} IS a.{SqliteCommands.Quote(column)}"
            )
        );
}
