using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>Copies databases page by page, through SQLite's backup interface.</summary>
internal static class SqliteCopy
{
    /// <summary>Small enough to be cancelled at once, large enough for the loop not to cost anything.</summary>
    private const int BytesPerStep = 4 << 20;

    /// <summary>Makes an empty file (0600) for a snapshot, with room for it.</summary>
    /// <param name="source">What is to be copied.</param>
    /// <param name="target">The path that the copy is to get when it is complete.</param>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static NewFile FileFor(SqliteSnapshot source, string target) =>
        NewFile.Beside(target, NewFile.OnlyForOwner, source.Pages * source.PageSize);

    /// <summary>Writes a snapshot into an empty file; it is verified and on the disk when this returns.</summary>
    /// <returns>Its length in bytes, and what could not be checked.</returns>
    /// <exception cref="SqliteException">SQLite could not read or write.</exception>
    /// <exception cref="IOException">The file system refused, or another file has taken the place of this one.</exception>
    /// <exception cref="CopyNotSoundException">The copy is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (long Bytes, SqliteSoundness Soundness) Fill(
        NewFile file,
        SqliteSnapshot source,
        CopyControl control
    )
    {
        var eager = new EagerFlush(file.Content);
        using (var destination = SqliteConnections.OpenToFill(file))
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
        SqliteSoundness soundness;
        try
        {
            soundness = Verify(source, file, control);
        }
        finally
        {
            flush.GetAwaiter().GetResult();
        }

        // Of the handle: whatever it was that SQLite wrote and checked, it is this file that is reported.
        return file.Content.Length is > 0 and var bytes
            ? (bytes, soundness)
            : throw new CopyNotSoundException("it is empty");
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

    private static SqliteSoundness Verify(SqliteSnapshot source, NewFile file, CopyControl control)
    {
        using var copy = SqliteSnapshot.OpenUnchanging(file, control);
        var soundness = copy.Check("quick_check", control.Cancellation);
        var problem =
            soundness.Damage
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

        return soundness;
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
