using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Files;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>The write-ahead log of a database in WAL mode.</summary>
internal static class SqliteWriteAheadLog
{
    /// <summary>Moves what is committed from the log into the database, as far as readers allow.</summary>
    /// <returns>A sentence about a reader who does not; <see langword="null"/> when nobody is in the way.</returns>
    public static string? Checkpoint(SqliteConnection connection, string name)
    {
        if (!SqliteHeader.HasWriteAheadLog(connection.DataSource))
        {
            return null;
        }

        try
        {
            var (pages, moved) = connection.Query(
                "PRAGMA wal_checkpoint(PASSIVE)",
                row => (row.GetInt64(1), row.GetInt64(2))
            )[0];
            return moved < pages
                ? $"A reader keeps {Count.Of(pages - moved, "page")} of this run in the write-ahead log of {name}; they are committed, and the log shrinks when the reader ends."
                : null;
        }
        catch (SqliteException)
        {
            // The run is committed; the next one to open the database will try again.
            return null;
        }
    }
}
