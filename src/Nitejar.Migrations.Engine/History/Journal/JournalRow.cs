using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History.Journal;

/// <summary>Reads a row of the journal, which others may have changed.</summary>
internal static class JournalRow
{
    /// <summary>The entry that the row is.</summary>
    /// <param name="session">The database.</param>
    /// <param name="row">The number and the columns of <see cref="VersionJournalTable.OfEntry"/>.</param>
    /// <exception cref="RefusedException">It is none.</exception>
    public static JournalEntry ToEntry(ISession session, DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.Text(1) ?? "",
            new MigrationId(VersionOf(session, row), row.Text(3) ?? ""),
            row.Word(4, VersionJournalTable.Name, JournalWords.Directions),
            row.Word(5, VersionJournalTable.Name, JournalWords.Outcomes),
            row.Text(6),
            row.Word(7, VersionJournalTable.Name, JournalWords.Reversals),
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
