using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

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
    )
    {
        var left = ArchivedRows.Count(connection, archive);
        if (left == 0)
        {
            VersionArchiveTable.Remove(connection, archive);
        }
        else
        {
            Leave(connection, archive with { Entry = archive.Entry with { Rows = left } }, reason);
        }

        return new RestoredRows(
            archive.Entry.Table,
            archive.Entry.Column,
            archived - left,
            left,
            left == 0 ? null : reason
        );
    }

    /// <summary>Records that the rows are not put back by themselves any more, and why.</summary>
    public static RestoredRows Leave(
        SqliteConnection connection,
        StoredArchive archive,
        string reason
    )
    {
        var left = archive with
        {
            Entry = archive.Entry with { State = ArchiveState.LeftOver, Reason = reason },
        };
        VersionArchiveTable.Update(connection, left);
        return new RestoredRows(
            left.Entry.Table,
            left.Entry.Column,
            Rows: 0,
            left.Entry.Rows,
            reason
        );
    }
}
