using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;

namespace Nitejar.Migrations.Engine.History;

/// <summary>The migrator's append-only journal. The large texts come last, so that reading the rest skips them.</summary>
internal static class VersionJournalTable
{
    public const string Name = OwnNames.VersionJournal;

    private static readonly JournalColumn[] Columns =
    [
        new("RunId", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("Version", ValueKind.Integer, "NOT NULL DEFAULT 0"),
        new("Name", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("Direction", ValueKind.Text, "NOT NULL DEFAULT 'up'"),
        new("Outcome", ValueKind.Text, "NOT NULL DEFAULT 'applied'"),
        new("Checksum", ValueKind.Text),
        new("Reversal", ValueKind.Text, "NOT NULL DEFAULT 'none'"),
        new("ReversalNote", ValueKind.Text),
        new("Provider", ValueKind.Text, "NOT NULL DEFAULT 'sqlite'"),
        new("BinaryVersion", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("FluentMigratorVersion", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("Host", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("User", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("StartedAt", ValueKind.Text, "NOT NULL DEFAULT ''"),
        new("DurationMs", ValueKind.Real, "NOT NULL DEFAULT 0"),
        new("Statement", ValueKind.Integer),
        new("ProcessId", ValueKind.Integer, "NOT NULL DEFAULT 0"),
        new("UpSql", ValueKind.Text),
        new("DownSql", ValueKind.Text),
        new("AdoptedSchema", ValueKind.Text),
        new("Definitions", ValueKind.Text),
    ];

    /// <summary>How many of the columns, the last ones, hold large texts.</summary>
    private const int LargeTexts = 4;

    private static readonly RowLimit Journaled = new(Name, RowLimit.Journaled);

    private static readonly RowLimit Shown = new(Name, RowLimit.Held)
    {
        Reason = "too many to be shown",
        NextStep = dialect => $"Read the table with {dialect.Shell}.",
    };

    /// <summary>Makes the table, or adds the columns that a journal of an older release lacks.</summary>
    public static void Ensure(ISession session)
    {
        var present = ColumnsOf(session);
        if (present.Count == 0)
        {
            var columns = Columns.Select(column => column.Declare(session.Dialect.Types));
            session.Execute(
                $"CREATE TABLE {session.Dialect.Qualify(Name)} (\"Id\" {session.Dialect.Types.Id}, {string.Join(", ", columns)})"
            );
            return;
        }

        foreach (var column in Columns)
        {
            if (!present.Contains(column.Name))
            {
                session.Execute(
                    $"ALTER TABLE {session.Dialect.Qualify(Name)} ADD COLUMN {column.Declare(session.Dialect.Types)}"
                );
            }
        }
    }

    public static void Append(ISession session, JournalEntry entry, JournalSql sql) =>
        session.Execute(
            $"""
            INSERT INTO {session.Dialect.Qualify(
                Name
            )} ("RunId", "Version", "Name", "Direction", "Outcome", "Checksum", "Reversal",
                "ReversalNote", "Provider", "BinaryVersion", "FluentMigratorVersion", "Host", "User", "StartedAt",
                "DurationMs", "Statement", "ProcessId", "UpSql", "DownSql", "AdoptedSchema", "Definitions")
            VALUES (@run, @version, @name, @direction, @outcome, @checksum, @reversal, @note, @provider, @binary,
                @fluentMigrator, @host, @user, @started, @duration, @statement, @process, @up, @down, @adopted,
                @definitions)
            """,
            ("@run", entry.RunId),
            ("@version", entry.Migration.Version),
            ("@name", entry.Migration.Name),
            ("@direction", JournalWords.Directions.Of(entry.Direction)),
            ("@outcome", JournalWords.Outcomes.Of(entry.Outcome)),
            ("@checksum", entry.Checksum),
            ("@reversal", JournalWords.Reversals.Of(entry.Reversal)),
            ("@note", entry.ReversalNote),
            ("@provider", session.Dialect.Name),
            ("@binary", entry.Origin.BinaryVersion),
            ("@fluentMigrator", entry.Origin.FluentMigratorVersion),
            ("@host", entry.Origin.Host),
            ("@user", entry.Origin.User),
            ("@started", JournalWords.Of(entry.StartedAt)),
            ("@duration", Math.Round(entry.Duration.TotalMilliseconds, 1)),
            ("@statement", entry.Statement),
            ("@process", entry.Origin.ProcessId),
            ("@up", sql.UpSql),
            ("@down", sql.DownSql),
            ("@adopted", sql.AdoptedSchema),
            ("@definitions", sql.Definitions)
        );

    /// <summary>Whether an entry has been committed.</summary>
    public static bool Has(ISession session, JournalEntry entry) =>
        session.Tables.Exists(Name)
        && session.Any(
            $"""SELECT 1 FROM {session.Dialect.Qualify(Name)} WHERE "RunId" = @run AND "Version" = @version AND "Direction" = @direction AND "Outcome" = @outcome""",
            ("@run", entry.RunId),
            ("@version", entry.Migration.Version),
            ("@direction", JournalWords.Directions.Of(entry.Direction)),
            ("@outcome", JournalWords.Outcomes.Of(entry.Outcome))
        );

    /// <summary>Every entry, oldest first; empty where there is no journal.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than a list can show.</exception>
    public static IReadOnlyList<JournalEntry> ReadAll(ISession session) =>
        session.ReadBounded<IReadOnlyList<JournalEntry>>(
            Name,
            BoundedRead.Words,
            () => [.. Rows(session, Shown)]
        );

    /// <summary>What the entries come to. They are not held in memory.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than runs leave.</exception>
    public static JournalState ReadState(ISession session) =>
        session.ReadBounded(
            Name,
            BoundedRead.Words,
            () => JournalState.Of(OfFewMigrations(session, Rows(session, Journaled)))
        );

    /// <summary>How runs have left the objects that they made or changed; empty where the journal does not say so.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more rows than runs leave.</exception>
    public static RecordedDefinitions ReadDefinitions(ISession session) =>
        session.ReadBounded(Name, BoundedRead.Sql, () => ReadDefinitionRows(session));

    public static JournalSql ReadSql(ISession session, long id) =>
        session.ReadBounded(Name, BoundedRead.Sql, () => ReadSqlRow(session, id))
        ?? throw new RefusedException(
            $"VersionJournal has no row {id} any more.",
            "Run the command again; the database was changed in between."
        );

    private static IEnumerable<JournalEntry> Rows(ISession session, RowLimit limit)
    {
        var present = ColumnsOf(session);
        if (present.Count == 0)
        {
            return [];
        }

        var columns = Columns.Select(c =>
            (present.Contains(c.Name) ? "" : "NULL AS ") + $"\"{c.Name}\""
        );
        return BoundedRead.Rows(
            session,
            limit,
            $"SELECT \"Id\", {string.Join(", ", columns.SkipLast(LargeTexts))} FROM {session.Dialect.Qualify(Name)} ORDER BY \"Id\"",
            row => ToEntry(session, row)
        );
    }

    /// <summary>One entry of each migration is held in memory.</summary>
    private static IEnumerable<JournalEntry> OfFewMigrations(
        ISession session,
        IEnumerable<JournalEntry> entries
    )
    {
        var versions = new HashSet<long>();
        foreach (var entry in entries)
        {
            if (versions.Add(entry.Migration.Version) && versions.Count > RowLimit.Held)
            {
                throw Journaled.Exceeded($"{RowLimit.Held:N0} migrations", session.Dialect);
            }

            yield return entry;
        }
    }

    private static RecordedDefinitions ReadDefinitionRows(ISession session)
    {
        var recorded = new RecordedDefinitions(session.Dialect.Names);
        if (!ColumnsOf(session).Contains("Definitions"))
        {
            return recorded;
        }

        var rows = BoundedRead.Rows(
            session,
            Journaled,
            $"""
            SELECT "RunId", "Definitions" FROM {session.Dialect.Qualify(Name)}
            WHERE "Definitions" IS NOT NULL OR "Outcome" IN ('applied', 'reverted', 'adopted') ORDER BY "Id"
            """,
            row => (Run: row.Text(0) ?? "", Record: row.Text(1))
        );
        foreach (var row in rows)
        {
            recorded.Add(row.Run, row.Record);
        }

        recorded.End();
        return recorded;
    }

    /// <summary>Where another table was made in the journal's place, several rows may have the number.</summary>
    private static JournalSql? ReadSqlRow(ISession session, long id)
    {
        var adopted = ColumnsOf(session).Contains("AdoptedSchema") ? "\"AdoptedSchema\"" : "NULL";
        using var command = session.Connection.Command(
            $"SELECT \"UpSql\", \"DownSql\", {adopted} FROM {session.Dialect.Qualify(Name)} WHERE \"Id\" = @id",
            ("@id", id)
        );
        JournalSql? found = null;
        foreach (var sql in command.Rows(ToSql))
        {
            found = found is null
                ? sql
                : throw new RefusedException(
                    $"VersionJournal holds row {id} twice.",
                    $"Repair it with {session.Dialect.Shell}, or restore the database from a backup."
                );
        }

        return found;
    }

    private static HashSet<string> ColumnsOf(ISession session) =>
        new(session.Own.ReadColumns(Name), StringComparer.OrdinalIgnoreCase);

    private static JournalEntry ToEntry(ISession session, DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.Text(1) ?? "",
            new MigrationId(VersionOf(session, row), row.Text(3) ?? ""),
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
                row.IsDBNull(17) ? 0 : row.SmallNumber(17)
            ),
            JournalWords.Time(row.Text(14)),
            DurationOf(row),
            row.IsDBNull(16) ? null : row.SmallNumber(16)
        );

    private static JournalSql ToSql(DbDataReader row) =>
        new(row.Text(0), row.Text(1)) { AdoptedSchema = row.Text(2) };

    private static long VersionOf(ISession session, DbDataReader row) =>
        row.GetValue(2) is long version
            ? version
            : throw new RefusedException(
                $"VersionJournal holds '{BoundedRead.Excerpt(row.GetValue(2))}' in row {row.GetInt64(0)}, which is not a version number.",
                $"Nothing was changed. Repair the row with {session.Dialect.Shell}, or restore the database from a backup."
            );

    private static TimeSpan DurationOf(DbDataReader row) =>
        row.GetValue(15) is double milliseconds and >= 0 and < int.MaxValue
            ? TimeSpan.FromMilliseconds(milliseconds)
            : TimeSpan.Zero;
}
