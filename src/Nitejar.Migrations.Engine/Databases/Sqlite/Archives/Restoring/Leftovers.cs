using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;

/// <summary>What stays in the archive after everything that fits has been put back.</summary>
internal static class Leftovers
{
    /// <summary>Removes an empty archive, or says of the rest why it stays.</summary>
    /// <param name="connection">The connection of the run.</param>
    /// <param name="archive">The archive, without what was put back.</param>
    /// <param name="archived">How many rows it had.</param>
    /// <param name="reason">Why rows stay.</param>
    public static RestoredRows Settle(
        SqliteConnection connection,
        StoredArchive archive,
        long archived,
        string reason
    ) => Settle(connection, archive, archived, (ArchiveState.LeftOver, reason));

    /// <summary>The same, but the rest waits until other migrations have put their rows back.</summary>
    public static RestoredRows Wait(
        SqliteConnection connection,
        StoredArchive archive,
        long archived,
        string reason
    ) =>
        Settle(connection, archive, archived, (ArchiveState.Waiting, reason)) with
        {
            AreWaiting = true,
        };

    /// <summary>Records that the rows are not put back by themselves any more, and why.</summary>
    public static RestoredRows Leave(
        SqliteConnection connection,
        StoredArchive archive,
        string reason
    ) => Leave(connection, archive, (ArchiveState.LeftOver, reason));

    private static RestoredRows Settle(
        SqliteConnection connection,
        StoredArchive archive,
        long archived,
        (ArchiveState State, string Reason) rest
    )
    {
        var left = ArchivedRows.Count(connection, archive);
        if (left == 0)
        {
            VersionArchiveTable.Remove(connection, archive);
        }
        else
        {
            Leave(connection, archive with { Entry = archive.Entry with { Rows = left } }, rest);
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
        SqliteConnection connection,
        StoredArchive archive,
        (ArchiveState State, string Reason) rest
    )
    {
        var left = archive with
        {
            Entry = archive.Entry with { State = rest.State, Reason = rest.Reason },
        };
        VersionArchiveTable.Update(connection, left);
        return new RestoredRows(
            left.Entry.Table,
            left.Entry.Column,
            Rows: 0,
            left.Entry.Rows,
            rest.Reason
        );
    }
}
