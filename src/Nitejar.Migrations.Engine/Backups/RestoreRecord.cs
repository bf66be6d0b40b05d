using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.History.Journal;

namespace Nitejar.Migrations.Engine.Backups;

/// <summary>A restore, as the history of the restored database has it.</summary>
/// <param name="RunId">As in the receipt.</param>
/// <param name="File">The name of the file that is restored, without its folder.</param>
/// <param name="Origin">Who restores it.</param>
public sealed record RestoreRecord(string RunId, string File, RunOrigin Origin)
{
    /// <summary>Appends it to the journal of what was restored, where that has one.</summary>
    /// <returns>Why the journal is not written, in a sentence; else <see langword="null"/>.</returns>
    internal string? AppendTo(ISession session, TimeSpan duration)
    {
        try
        {
            session.Own.RequireWritable();
            if (session.Own.ReadColumns(VersionJournalTable.Name).Count == 0)
            {
                return null;
            }
        }
        catch (MigrateException e)
        {
            return NotWritten(e);
        }

        VersionJournalTable.Ensure(session);
        VersionJournalTable.Append(
            session,
            ToEntry(duration),
            new JournalSql(UpSql: null, DownSql: null)
        );
        return null;
    }

    /// <summary>Says that the history lacks it, and why.</summary>
    internal static string NotWritten(Exception cause) =>
        $"The restore is not in the history of the database: {cause.Message}";

    private JournalEntry ToEntry(TimeSpan duration) =>
        new(
            Id: 0,
            RunId,
            new MigrationId(0, File),
            Direction.Up,
            JournalOutcome.Restored,
            Checksum: null,
            Reversal.None,
            ReversalNote: null,
            Origin,
            DateTime.UtcNow - duration,
            duration
        );
}
