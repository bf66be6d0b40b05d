using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>The migrator's append-only journal. The large texts come last, so that reading the rest skips them.</summary>
internal static class VersionJournalTable
{
    public const string Name = "VersionJournal";

    private static readonly (string Name, string Type)[] Columns =
    [
        ("RunId", "TEXT NOT NULL DEFAULT ''"),
        ("Version", "INTEGER NOT NULL DEFAULT 0"),
        ("Name", "TEXT NOT NULL DEFAULT ''"),
        ("Direction", "TEXT NOT NULL DEFAULT 'up'"),
        ("Outcome", "TEXT NOT NULL DEFAULT 'applied'"),
        ("Checksum", "TEXT"),
        ("Reversal", "TEXT NOT NULL DEFAULT 'none'"),
        ("ReversalNote", "TEXT"),
        ("Provider", "TEXT NOT NULL DEFAULT 'sqlite'"),
        ("BinaryVersion", "TEXT NOT NULL DEFAULT ''"),
        ("FluentMigratorVersion", "TEXT NOT NULL DEFAULT ''"),
        ("Host", "TEXT NOT NULL DEFAULT ''"),
        ("User", "TEXT NOT NULL DEFAULT ''"),
        ("StartedAt", "TEXT NOT NULL DEFAULT ''"),
        ("DurationMs", "REAL NOT NULL DEFAULT 0"),
        ("Statement", "INTEGER"),
        ("ProcessId", "INTEGER NOT NULL DEFAULT 0"),
        ("UpSql", "TEXT"),
        ("DownSql", "TEXT"),
    ];

    private static readonly RowLimit Journaled = new(Name, RowLimit.Journaled);

    private static readonly RowLimit Shown = new(Name, RowLimit.Held)
    {
        Reason = "too many to be shown",
        NextStep = "Read the table with the sqlite3 program.",
    };

    /// <summary>Makes the table, or adds the columns that a journal of an older nitejar-migrate lacks.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        var present = ColumnsOf(connection);
        if (present.Count == 0)
        {
            var columns = Columns.Select(c => $"\"{c.Name}\" {c.Type}");
            connection.Execute(
                $"CREATE TABLE \"{Name}\" (\"Id\" INTEGER PRIMARY KEY AUTOINCREMENT, {string.Join(", ", columns)})"
            );
            return;
        }

        foreach (var (name, type) in Columns)
        {
            if (!present.Contains(name))
            {
                connection.Execute($"ALTER TABLE \"{Name}\" ADD COLUMN \"{name}\" {type}");
            }
        }
    }

    public static void Append(SqliteConnection connection, JournalEntry entry, JournalSql sql) =>
        connection.Execute(
            """
            INSERT INTO "VersionJournal" ("RunId", "Version", "Name", "Direction", "Outcome", "Checksum", "Reversal",
                "ReversalNote", "Provider", "BinaryVersion", "FluentMigratorVersion", "Host", "User", "StartedAt",
                "DurationMs", "Statement", "ProcessId", "UpSql", "DownSql")
            VALUES ($run, $version, $name, $direction, $outcome, $checksum, $reversal, $note, 'sqlite', $binary,
                $fluentMigrator, $host, $user, $started, $duration, $statement, $process, $up, $down)
            """,
            ("$run", entry.RunId),
            ("$version", entry.Migration.Version),
            ("$name", entry.Migration.Name),
            ("$direction", JournalWords.Directions.Of(entry.Direction)),
            ("$outcome", JournalWords.Outcomes.Of(entry.Outcome)),
            ("$checksum", entry.Checksum),
            ("$reversal", JournalWords.Reversals.Of(entry.Reversal)),
            ("$note", entry.ReversalNote),
            ("$binary", entry.Origin.BinaryVersion),
            ("$fluentMigrator", entry.Origin.FluentMigratorVersion),
            ("$host", entry.Origin.Host),
            ("$user", entry.Origin.User),
            ("$started", JournalWords.Of(entry.StartedAt)),
            ("$duration", Math.Round(entry.Duration.TotalMilliseconds, 1)),
            ("$statement", entry.Statement),
            ("$process", entry.Origin.ProcessId),
            ("$up", sql.UpSql),
            ("$down", sql.DownSql)
        );

    /// <summary>Every entry, oldest first; empty where there is no journal.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than a list can show.</exception>
    public static IReadOnlyList<JournalEntry> ReadAll(SqliteConnection connection) =>
        BoundedRead.Of<IReadOnlyList<JournalEntry>>(
            connection,
            Name,
            BoundedRead.Words,
            () => [.. Rows(connection, Shown)]
        );

    /// <summary>What the entries come to. They are not held in memory.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than runs leave.</exception>
    public static JournalState ReadState(SqliteConnection connection) =>
        BoundedRead.Of(
            connection,
            Name,
            BoundedRead.Words,
            () => JournalState.Of(OfFewMigrations(Rows(connection, Journaled)))
        );

    public static JournalSql ReadSql(SqliteConnection connection, long id) =>
        BoundedRead.Of(connection, Name, BoundedRead.Sql, () => ReadSqlRow(connection, id))
        ?? throw new RefusedException(
            $"VersionJournal has no row {id} any more.",
            "Run the command again; the database was changed in between."
        );

    private static IEnumerable<JournalEntry> Rows(SqliteConnection connection, RowLimit limit)
    {
        var present = ColumnsOf(connection);
        if (present.Count == 0)
        {
            return [];
        }

        var columns = Columns.Select(c =>
            (present.Contains(c.Name) ? "" : "NULL AS ") + $"\"{c.Name}\""
        );
        return BoundedRead.Rows(
            connection,
            limit,
            $"SELECT \"Id\", {string.Join(", ", columns.SkipLast(2))} FROM \"{Name}\" ORDER BY \"Id\"",
            ToEntry
        );
    }

    /// <summary>One entry of each migration is held in memory.</summary>
    private static IEnumerable<JournalEntry> OfFewMigrations(IEnumerable<JournalEntry> entries)
    {
        var versions = new HashSet<long>();
        foreach (var entry in entries)
        {
            if (versions.Add(entry.Migration.Version) && versions.Count > RowLimit.Held)
            {
                throw Journaled.Exceeded($"{RowLimit.Held:N0} migrations");
            }

            yield return entry;
        }
    }

    /// <summary>Where another table was made in the journal's place, several rows may have the number.</summary>
    private static JournalSql? ReadSqlRow(SqliteConnection connection, long id)
    {
        using var command = connection.Command(
            $"SELECT \"UpSql\", \"DownSql\" FROM \"{Name}\" WHERE \"Id\" = $id",
            ("$id", id)
        );
        JournalSql? found = null;
        foreach (var sql in command.Rows(row => new JournalSql(row.Text(0), row.Text(1))))
        {
            found = found is null
                ? sql
                : throw new RefusedException(
                    $"VersionJournal holds row {id} twice.",
                    OwnTables.Remedy
                );
        }

        return found;
    }

    private static HashSet<string> ColumnsOf(SqliteConnection connection) =>
        new(OwnTables.ColumnsOf(connection, Name), StringComparer.OrdinalIgnoreCase);

    private static JournalEntry ToEntry(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.Text(1) ?? "",
            new MigrationId(VersionOf(row), row.Text(3) ?? ""),
            row.Word(4, Name, JournalWords.Directions),
            row.Word(5, Name, JournalWords.Outcomes),
            row.Text(6),
            row.Word(7, Name, JournalWords.Reversals),
            row.Text(8),
            new RunOrigin(
                row.Text(10) ?? "",
                row.Text(11) ?? "",
                row.Text(12) ?? "",
                row.Text(13) ?? "",
                row.IsDBNull(17) ? 0 : row.GetInt32(17)
            ),
            JournalWords.Time(row.Text(14)),
            DurationOf(row),
            row.IsDBNull(16) ? null : row.GetInt32(16)
        );

    private static long VersionOf(SqliteDataReader row) =>
        row.GetValue(2) is long version
            ? version
            : throw new RefusedException(
                $"VersionJournal holds '{BoundedRead.Excerpt(row.GetValue(2))}' in row {row.GetInt64(0)}, which is no version number.",
                "Nothing was changed. Repair the row with the sqlite3 program, or restore the database from a backup."
            );

    private static TimeSpan DurationOf(SqliteDataReader row) =>
        row.GetValue(15) is double milliseconds and >= 0 and < int.MaxValue
            ? TimeSpan.FromMilliseconds(milliseconds)
            : TimeSpan.Zero;
}
