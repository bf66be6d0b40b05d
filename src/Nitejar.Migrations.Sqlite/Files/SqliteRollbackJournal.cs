using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>The rollback journal of a database that is not in WAL mode.</summary>
internal static class SqliteRollbackJournal
{
    /// <summary>
    /// Makes a commit last. It is the deletion of the journal, which SQLite flushes only with synchronous=EXTRA, and
    /// then says of a commit that it failed when only that did. Without it a power cut could undo what was reported.
    /// </summary>
    /// <param name="database">The database's path, after the commit.</param>
    public static void FlushDeletion(string database)
    {
        if (!SqliteHeader.HasWriteAheadLog(database))
        {
            DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(database))!);
        }
    }
}
