using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Faults.Tests.Harness.Images;

/// <summary>All that a database holds, as text that two runs of the same migrations have in common.</summary>
internal static class DatabaseImage
{
    /// <summary>The image of a file that is not there.</summary>
    public const string Absent = "(no database)";

    /// <summary>What is different in each run.</summary>
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "VersionInfo.AppliedOn",
        "VersionJournal.Id",
        "VersionJournal.RunId",
        "VersionJournal.StartedAt",
        "VersionJournal.DurationMs",
        "VersionJournal.ProcessId",
        "VersionArchive.RunId",
        "VersionArchive.ArchivedAt",
    };

    /// <summary>Reads it, after SQLite has rolled back what a killed writer left.</summary>
    /// <param name="file">The database.</param>
    /// <param name="without">A table whose rows do not matter.</param>
    public static string Of(string file, string? without = null)
    {
        if (!File.Exists(file))
        {
            return Absent;
        }

        using var connection = Sql.Open(file);
        var lines = new List<string>(
            connection.Read(
                "SELECT type || ' ' || name || ': ' || ifnull(sql, '') FROM sqlite_master ORDER BY type, name"
            )
        );
        foreach (
            var table in connection.Read(
                $"SELECT name FROM sqlite_master WHERE type = 'table' AND name <> {Sql.Text(without ?? "")} ORDER BY name"
            )
        )
        {
            lines.AddRange(RowsOf(connection, table).Select(row => $"{table}: {row}"));
        }

        return string.Join('\n', lines);
    }

    /// <summary>No damaged page, and no reference without its parent.</summary>
    public static void RequireSound(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        using var connection = Sql.Open(file);
        Require.Same(
            string.Join('\n', connection.Read("PRAGMA integrity_check")),
            "ok",
            "integrity_check"
        );
        Require.Same(
            string.Join('\n', connection.Read("PRAGMA foreign_key_check")),
            "",
            "foreign_key_check"
        );
    }

    private static IReadOnlyList<string> RowsOf(SqliteConnection connection, string table)
    {
        var columns = connection
            .Read($"SELECT name FROM pragma_table_xinfo({Sql.Text(table)})")
            .Where(column => !Volatile.Contains($"{table}.{column}"))
            .Select(column => $"quote({Sql.Quote(column)})")
            .ToArray();

        // How far the migrator's own numbers have got depends on what was rolled back.
        var which = table == "sqlite_sequence" ? " WHERE name NOT LIKE 'Version%'" : "";
        return columns.Length == 0
            ? []
            : connection.Read(
                $"SELECT {string.Join(" || ', ' || ", columns)} AS line FROM {Sql.Quote(table)}{which} ORDER BY line"
            );
    }
}
