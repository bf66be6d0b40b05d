using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Files;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>The file that a restore reads. It may be any file, and is checked before it is used.</summary>
internal static class SqliteRestoreSource
{
    private const int WriteVersionAt = 18;
    private const byte WriteAheadLog = 2;

    /// <summary>Opens it and has SQLite check all of it. The file is not changed.</summary>
    /// <param name="path">As it was given.</param>
    /// <param name="database">The database that would be replaced.</param>
    /// <param name="control">How to wait for its lock, and when to end.</param>
    /// <exception cref="InvalidRequestException">It is the database itself.</exception>
    /// <exception cref="DatabaseUnavailableException">It is missing, damaged or no database.</exception>
    /// <exception cref="LockTimeoutException">A writer kept readers out for too long.</exception>
    /// <returns>The file, and what of it could not be checked, in a sentence.</returns>
    public static (SqliteSnapshot Snapshot, string? Warning) Open(
        string path,
        string database,
        CopyControl control
    )
    {
        var file = SqlitePath.Resolve(Path.GetFullPath(path));
        RequireAnother(path, file, database);
        SqliteFile.RequirePlainParts(file);
        var snapshot = NeedsLock(file)
            ? SqliteSnapshot.Open(file, path, control)
            : SqliteSnapshot.OpenUnchanging(file, path, control);
        try
        {
            return (snapshot, RequireSound(snapshot, path, control.Cancellation));
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    private static void RequireAnother(string path, string file, string database)
    {
        if (FileStatus.IsSame(file, database))
        {
            throw new InvalidRequestException(
                $"{path} is the database itself.",
                "Name the backup that is to be restored."
            );
        }

        if (!File.Exists(file) && !Directory.Exists(file))
        {
            throw new DatabaseUnavailableException(
                $"{path} does not exist, so it cannot be restored.",
                "Correct the path."
            );
        }

        if (!FileStatus.IsRegularFile(file))
        {
            throw new DatabaseUnavailableException(
                $"{path} is no regular file, so it cannot be restored.",
                "Correct the path."
            );
        }

        if (new FileInfo(file + "-journal") is { Exists: true, Length: > 0 })
        {
            throw new DatabaseUnavailableException(
                $"{path} was copied or left in the middle of a transaction: {file}-journal is beside it.",
                "Open it with sqlite3 once, which undoes that transaction, and restore it then."
            );
        }
    }

    /// <summary>
    /// Whether it is to be read with SQLite's locks: where a log beside it holds commits, or may at any time. Without
    /// one, a file in WAL mode is at rest, and opening it plainly would make a log.
    /// </summary>
    private static bool NeedsLock(string file)
    {
        if (SqliteHeader.HasWriteAheadLog(file))
        {
            return true;
        }

        Span<byte> header = stackalloc byte[WriteVersionAt + 1];
        return !SqliteHeader.ReadStart(file, header) || header[WriteVersionAt] != WriteAheadLog;
    }

    private static string? RequireSound(
        SqliteSnapshot snapshot,
        string path,
        CancellationToken cancellation
    )
    {
        var soundness = snapshot.Check("integrity_check", cancellation);

        // SQLite takes an empty file for an empty database; nobody keeps one of those to restore it.
        var problem = snapshot.Pages == 0 ? "it is empty" : soundness.Damage;
        if (problem is not null)
        {
            throw new DatabaseUnavailableException(
                $"{path} is damaged and was not restored: {problem}.",
                "Choose another backup."
            );
        }

        return soundness.Warning;
    }
}
