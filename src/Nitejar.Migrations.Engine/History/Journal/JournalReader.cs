using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;

namespace Nitejar.Migrations.Engine.History.Journal;

/// <summary>Reads the journal, whatever others may have written into it.</summary>
internal static class JournalReader
{
    private static readonly RowLimit Journaled = new(VersionJournalTable.Name, RowLimit.Journaled);

    private static readonly RowLimit Shown = new(VersionJournalTable.Name, RowLimit.Held)
    {
        Reason = "too many to be shown",
        NextStep = dialect => $"Read the table with {dialect.Shell}.",
    };

    /// <summary>Every entry, oldest first; empty where there is no journal.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than a list can show.</exception>
    public static IReadOnlyList<JournalEntry> ReadAll(ISession session) =>
        session.ReadBounded<IReadOnlyList<JournalEntry>>(
            VersionJournalTable.Name,
            BoundedRead.Words,
            () => [.. Rows(session, Shown)]
        );

    /// <summary>What the entries come to. They are not held in memory.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more than runs leave.</exception>
    public static JournalState ReadState(ISession session) =>
        session.ReadBounded(
            VersionJournalTable.Name,
            BoundedRead.Words,
            () => JournalState.Of(OfFewMigrations(session, Rows(session, Journaled)))
        );

    /// <summary>How runs have left the objects that they made or changed; empty where the journal does not say so.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it cannot be.</exception>
    /// <exception cref="DatabaseUnavailableException">There are more rows than runs leave.</exception>
    public static RecordedDefinitions ReadDefinitions(ISession session) =>
        session.ReadBounded(
            VersionJournalTable.Name,
            BoundedRead.Sql,
            () => ReadDefinitionRows(session)
        );

    public static JournalSql ReadSql(ISession session, long id) =>
        session.ReadBounded(
            VersionJournalTable.Name,
            BoundedRead.Sql,
            () => ReadSqlRow(session, id)
        )
        ?? throw new RefusedException(
            $"VersionJournal has no row {id} any more.",
            "Run the command again; the database was changed in between."
        );

    private static IEnumerable<JournalEntry> Rows(ISession session, RowLimit limit)
    {
        var present = VersionJournalTable.ReadColumns(session);
        if (present.Count == 0)
        {
            return [];
        }

        var columns = VersionJournalTable.OfEntry(present);
        return BoundedRead.Rows(
            session,
            limit,
            $"SELECT \"Id\", {string.Join(", ", columns)} FROM {session.Dialect.Qualify(VersionJournalTable.Name)} ORDER BY \"Id\"",
            row => JournalRow.ToEntry(session, row)
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
        if (!VersionJournalTable.ReadColumns(session).Contains("Definitions"))
        {
            return recorded;
        }

        var rows = BoundedRead.Rows(
            session,
            Journaled,
            $"""
            SELECT "RunId", "Definitions" FROM {session.Dialect.Qualify(VersionJournalTable.Name)}
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
        var adopted = VersionJournalTable.ReadColumns(session).Contains("AdoptedSchema")
            ? "\"AdoptedSchema\""
            : "NULL";
        using var command = session.Connection.Command(
            $"SELECT \"UpSql\", \"DownSql\", {adopted} FROM {session.Dialect.Qualify(VersionJournalTable.Name)} WHERE \"Id\" = @id",
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

    private static JournalSql ToSql(DbDataReader row) =>
        new(row.Text(0), row.Text(1)) { AdoptedSchema = row.Text(2) };
}
