using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>What can be said of a database file without opening it, which would disturb SQLite's locks on it.</summary>
internal static class SqliteFile
{
    /// <summary>Where symbolic links lead, whether or not anything is there yet; else the path itself.</summary>
    /// <exception cref="DatabaseUnavailableException">They lead in a circle.</exception>
    public static string Resolve(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null
                ? path
                : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException e)
        {
            throw new DatabaseUnavailableException(
                $"{path} is a symbolic link that leads nowhere: {e.Message}",
                "Correct the link or the path.",
                e
            );
        }
    }

    /// <summary>Whether there is a database file at this path, which is no symbolic link.</summary>
    /// <exception cref="DatabaseUnavailableException">Something else is there, or an empty file.</exception>
    public static bool Exists(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Directory.Exists(path)
                ? throw new DatabaseUnavailableException(
                    $"{path} is a directory, not a database.",
                    "Name a file in it."
                )
                : false;
        }

        // SQLite takes a file of no byte or one for an empty database. Here it is more likely what an accident left of one.
        if (file.Length <= 1 && !HasContent(path + "-journal") && !HasContent(path + "-wal"))
        {
            throw new DatabaseUnavailableException(
                $"{path} is empty ({Count.Of(file.Length, "byte")}) or no regular file, and so no SQLite database.",
                "Restore it if it held data; if it is a left-over, delete it and it will be created."
            );
        }

        return true;
    }

    /// <summary>Refuses to create a database next to the journal of one that is gone: SQLite would mix the two.</summary>
    /// <exception cref="DatabaseUnavailableException">There is such a journal.</exception>
    public static void RequireNoLeftOverJournal(string path)
    {
        foreach (var ending in (ReadOnlySpan<string>)["-journal", "-wal"])
        {
            if (HasContent(path + ending))
            {
                throw new DatabaseUnavailableException(
                    $"{path} is missing, but {path + ending} of it is still there.",
                    "Put the database back beside it, or delete the left-over file if the database is gone for good."
                );
            }
        }
    }

    /// <summary>Whether a write-ahead log lies beside the database.</summary>
    public static bool HasWriteAheadLog(string path) => File.Exists(path + "-wal");

    /// <summary>
    /// Whether SQLite can read it only as a file that nobody changes: it is in WAL mode, has no log, and this user may
    /// not make one beside it, or could not remove it again.
    /// </summary>
    public static bool IsFrozen(string path)
    {
        if (Permissions.MayWrite(path) && Permissions.MayWrite(Path.GetDirectoryName(path)!))
        {
            return false;
        }

        return !HasWriteAheadLog(path) && NeedsWriteAheadLog(path);
    }

    private static bool NeedsWriteAheadLog(string path)
    {
        // Byte 19 of the header: the version of the format that a reader has to know, 2 for WAL.
        Span<byte> header = stackalloc byte[20];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Write);
            return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)
                    == header.Length
                && header[19] == 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite says it better.
            return false;
        }
    }

    private static bool HasContent(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 };
}
