using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Files;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Copies databases page by page, through SQLite's backup interface.</summary>
internal static class SqliteCopy
{
    /// <summary>Small enough to be cancelled at once, large enough for the loop not to cost anything.</summary>
    private const int BytesPerStep = 4 << 20;

    /// <summary>Writes a snapshot into a new file (0600) that is verified and on the disk when this returns.</summary>
    /// <exception cref="SqliteException">SQLite could not read or write.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="CopyNotSoundException">The copy is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. As after any failure, no file is left.</exception>
    public static long ToNewFile(SqliteSnapshot source, string path, CopyControl control)
    {
        using var file = OwnersFile.Create(path, source.Pages * source.PageSize);
        var eager = new EagerFlush(file);
        try
        {
            using (var destination = SqliteConnections.OpenToFill(path, path))
            {
                CopyPages(
                    source,
                    destination,
                    control with
                    {
                        OnProgress = (copied, total) =>
                        {
                            eager.Written(copied);
                            control.OnProgress(copied, total);
                        },
                    }
                );
            }

            // What is checked is in memory still; the disk has time to write meanwhile.
            var flush = eager.Finish();
            try
            {
                Verify(source, path, control);
            }
            finally
            {
                flush.GetAwaiter().GetResult();
            }

            return file.Length;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Replaces all that a database holds. Unless it comes to its end, nothing of it happens.</summary>
    /// <exception cref="SqliteException">SQLite could not read or write.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void CopyPages(
        SqliteSnapshot source,
        SqliteConnection destination,
        CopyControl control
    )
    {
        var pageSize = source.PageSize;
        var pagesPerStep = (int)(BytesPerStep / pageSize);
        using var backup = raw.sqlite3_backup_init(
            destination.Handle,
            "main",
            source.Connection.Handle,
            "main"
        );
        if (backup.IsInvalid)
        {
            throw ErrorOf(destination, raw.sqlite3_errcode(destination.Handle));
        }

        var code = raw.SQLITE_OK;
        while (code == raw.SQLITE_OK)
        {
            control.Cancellation.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, pagesPerStep);
            long total = raw.sqlite3_backup_pagecount(backup);
            control.OnProgress(
                (total - raw.sqlite3_backup_remaining(backup)) * pageSize,
                total * pageSize
            );
        }

        if (code != raw.SQLITE_DONE)
        {
            throw ErrorOf(destination, code);
        }
    }

    private static void Verify(SqliteSnapshot source, string path, CopyControl control)
    {
        using var copy = SqliteSnapshot.OpenUnchanging(path, path, control);
        var problem =
            copy.FindDamage("quick_check", control.Cancellation)
            ?? (
                copy.Pages != source.Pages ? "it is not as long as the database"
                : !copy.Versions.SequenceEqual(source.Versions)
                    ? "its versions are not those of the database"
                : null
            );
        if (problem is not null)
        {
            throw new CopyNotSoundException(problem);
        }
    }

    private static SqliteException ErrorOf(SqliteConnection connection, int code) =>
        new(
            raw.sqlite3_errstr(code).utf8_to_string(),
            code,
            raw.sqlite3_extended_errcode(connection.Handle)
        );
}

/// <summary>A copy is complete but not what it should be.</summary>
/// <param name="problem">What is wrong with it, in SQLite's words or ours.</param>
internal sealed class CopyNotSoundException(string problem) : Exception(problem);
