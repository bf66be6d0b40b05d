using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>Whether a database is in WAL mode, read past SQLite. Only where this process has no connection to the file: closing it would drop that connection's locks.</summary>
internal static class SqliteHeader
{
    /// <summary>Whether there is a database in WAL mode.</summary>
    /// <exception cref="DatabaseUnavailableException">Something is there that cannot be a database.</exception>
    public static bool IsInWriteAheadMode(string path) =>
        SqliteFile.Exists(path) && NeedsWriteAheadLog(path);

    /// <summary>Whether a write-ahead log lies beside the database.</summary>
    public static bool HasWriteAheadLog(string path) => File.Exists(path + "-wal");

    /// <summary>Reads the first bytes.</summary>
    /// <returns>Whether the file is that long.</returns>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    public static bool ReadStart(string path, Span<byte> start)
    {
        try
        {
            using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)
                == start.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"{path} cannot be read: {e.Message.TrimEnd('.')}.",
                "Check the path and the permissions of the file.",
                e
            );
        }
    }

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
            return ReadStart(path, header) && header[19] == 2;
        }
        catch (DatabaseUnavailableException)
        {
            // SQLite says it better.
            return false;
        }
    }
}
