using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>FluentMigrator's own table of applied versions, kept exactly as its runner makes it.</summary>
internal static class VersionInfoTable
{
    public const string Name = "VersionInfo";

    private const string Remedy =
        "Nothing was changed. Repair the row with the sqlite3 program, or restore the database from a backup.";

    /// <summary>What stock FluentMigrator 8.0.1 leaves behind: its three statements end in this schema.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS "VersionInfo" ("Version" INTEGER NOT NULL, "AppliedOn" DATETIME, "Description" TEXT);
        CREATE UNIQUE INDEX IF NOT EXISTS "UC_Version" ON "VersionInfo" ("Version" ASC);
        """;

    /// <summary>Reads in the order of insertion, which does not depend on any clock.</summary>
    /// <exception cref="RefusedException">The table is not FluentMigrator's.</exception>
    /// <exception cref="DatabaseUnavailableException">It has more rows than there are migrations.</exception>
    public static IReadOnlyList<AppliedMigration> Read(SqliteConnection connection) =>
        BoundedRead.Of(connection, Name, BoundedRead.Words, () => ReadRows(connection));

    public static void Insert(SqliteConnection connection, long version, string description) =>
        connection.Execute(
            """INSERT INTO "VersionInfo" ("Version", "AppliedOn", "Description") VALUES ($version, CURRENT_TIMESTAMP, $description)""",
            ("$version", version),
            ("$description", description)
        );

    /// <exception cref="DatabaseUnavailableException">There is no such row, though it was read: the index and the table disagree.</exception>
    public static void Delete(SqliteConnection connection, long version)
    {
        using var command = connection.Command(
            """DELETE FROM "VersionInfo" WHERE "Version" = $version""",
            ("$version", version)
        );
        if (command.ExecuteNonQuery() != 1)
        {
            throw new DatabaseUnavailableException(
                $"The database is damaged: the row of version {version} in VersionInfo is not where its index says.",
                "Look at it with `PRAGMA integrity_check` in the sqlite3 program; restore a backup or rebuild the index with REINDEX."
            );
        }
    }

    private static List<AppliedMigration> ReadRows(SqliteConnection connection)
    {
        var columns = OwnTables.ColumnsOf(connection, Name);
        if (columns.Count == 0)
        {
            return [];
        }

        RequireColumns(columns);
        var seen = new HashSet<long>();
        return
        [
            .. BoundedRead.Rows(
                connection,
                new RowLimit(Name, RowLimit.Held),
                """SELECT "Version", "AppliedOn", "Description", rowid FROM "VersionInfo" ORDER BY rowid""",
                row =>
                {
                    var version = VersionOf(row);
                    return seen.Add(version)
                        ? new AppliedMigration(version, AppliedOn(row), row.Text(2))
                        : throw new RefusedException(
                            $"VersionInfo holds version {version} twice.",
                            Remedy
                        );
                }
            ),
        ];
    }

    private static void RequireColumns(IReadOnlyList<string> columns)
    {
        foreach (var column in (ReadOnlySpan<string>)["Version", "AppliedOn", "Description"])
        {
            if (!columns.Contains(column, StringComparer.OrdinalIgnoreCase))
            {
                throw new RefusedException($"VersionInfo has no column {column}.", Remedy);
            }
        }
    }

    private static long VersionOf(SqliteDataReader row) =>
        row.GetValue(0) is long version
            ? version
            : throw new RefusedException(
                $"VersionInfo holds '{BoundedRead.Excerpt(row.GetValue(0))}' in row {row.GetInt64(3)}, which is no version number.",
                Remedy
            );

    /// <summary>SQLite's own format first, which is a tenth of the work; other tools write others.</summary>
    private static DateTime? AppliedOn(SqliteDataReader row)
    {
        const DateTimeStyles utc =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var culture = CultureInfo.InvariantCulture;
        var text = row.Text(1);
        return
            DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", culture, utc, out var time)
            || DateTime.TryParse(text, culture, utc, out time)
            ? time
            : null;
    }
}
