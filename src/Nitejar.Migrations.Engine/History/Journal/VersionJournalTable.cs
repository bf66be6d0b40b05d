using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History.Journal;

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

    /// <summary>Makes the table, or adds the columns that a journal of an older release lacks.</summary>
    public static void Ensure(ISession session)
    {
        var present = ReadColumns(session);
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

    /// <summary>The columns that the table has; none where there is no such table.</summary>
    public static HashSet<string> ReadColumns(ISession session) =>
        new(session.Own.ReadColumns(Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns of an entry without its large texts, as SQL; NULL stands for what an older table lacks.</summary>
    public static IEnumerable<string> OfEntry(IReadOnlySet<string> present) =>
        Columns
            .SkipLast(LargeTexts)
            .Select(column =>
                (present.Contains(column.Name) ? "" : "NULL AS ") + $"\"{column.Name}\""
            );
}
