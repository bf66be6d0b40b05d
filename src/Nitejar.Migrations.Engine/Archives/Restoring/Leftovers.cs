using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>What stays in the archive after everything that fits has been restored.</summary>
internal static class Leftovers
{
    /// <summary>Removes an empty archive, or says of the rest why it stays.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="archive">The archive, without what was restored.</param>
    /// <param name="archived">How many rows it had.</param>
    /// <param name="reason">Why rows stay.</param>
    public static RestoredRows Settle(
        ISession session,
        StoredArchive archive,
        long archived,
        string reason
    ) => Settle(session, archive, archived, (ArchiveState.LeftOver, reason));

    /// <summary>The same, but the rest waits until other migrations have put their rows back.</summary>
    public static RestoredRows Wait(
        ISession session,
        StoredArchive archive,
        long archived,
        string reason
    ) =>
        Settle(session, archive, archived, (ArchiveState.Waiting, reason)) with
        {
            AreWaiting = true,
        };

    /// <summary>Records that the rows are not restored by themselves any more, and why.</summary>
    public static RestoredRows Leave(ISession session, StoredArchive archive, string reason) =>
        Leave(session, archive, (ArchiveState.LeftOver, reason));

    private static RestoredRows Settle(
        ISession session,
        StoredArchive archive,
        long archived,
        (ArchiveState State, string Reason) rest
    )
    {
        var left = ArchivedRows.Count(session, archive);
        if (left == 0)
        {
            VersionArchiveTable.Remove(session, archive);
        }
        else
        {
            Leave(session, archive with { Entry = archive.Entry with { Rows = left } }, rest);
        }

        return new RestoredRows(
            archive.Entry.Table,
            archive.Entry.Column,
            archived - left,
            left,
            left == 0 ? null : rest.Reason
        );
    }

    private static RestoredRows Leave(
        ISession session,
        StoredArchive archive,
        (ArchiveState State, string Reason) rest
    )
    {
        var left = archive with
        {
            Entry = archive.Entry with { State = rest.State, Reason = rest.Reason },
        };
        VersionArchiveTable.Update(session, left);
        return new RestoredRows(
            left.Entry.Table,
            left.Entry.Column,
            Rows: 0,
            left.Entry.Rows,
            rest.Reason
        );
    }
}
