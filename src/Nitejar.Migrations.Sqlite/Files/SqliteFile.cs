using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>What can be said of a database file without opening it, which would disturb SQLite's locks on it.</summary>
internal static class SqliteFile
{
    private const int LongestExcerpt = 100;

    /// <summary>Where symbolic links lead, whether or not anything is there yet; else the path itself.</summary>
    /// <exception cref="DatabaseUnavailableException">They lead in a circle, or one is not to be trusted.</exception>
    public static string Resolve(string path)
    {
        RequireTrusted(path);
        if (new FileInfo(path).LinkTarget is null)
        {
            return path;
        }

        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
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
    /// <exception cref="DatabaseUnavailableException">Something else is there or beside it, or an empty file.</exception>
    /// <param name="path">No symbolic link.</param>
    /// <param name="allowsEmpty">Takes a file of no byte for an empty database, as SQLite does.</param>
    public static bool Exists(string path, bool allowsEmpty = false)
    {
        RequirePlainParts(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            if (Directory.Exists(path))
            {
                throw new DatabaseUnavailableException(
                    $"{path} is a directory, not a database.",
                    "Name a file in it."
                );
            }

            RequireAbsent(path);
            return false;
        }

        // SQLite takes a file of no byte or one for an empty database. Here it is more likely what an accident left of one.
        if (file.Length <= 1 && !HasContent(path + "-journal") && !HasContent(path + "-wal"))
        {
            RequireFile(path);
            if (allowsEmpty && file.Length == 0 && FileStatus.IsRegularFile(path))
            {
                return true;
            }

            throw new DatabaseUnavailableException(
                $"{path} is empty ({Count.Of(file.Length, "byte")}) or no regular file, and so no SQLite database.",
                "Restore it if it held data. If it is to become a database where it is, add --allow-empty-file to `up`; if it is a left-over, delete it and `up` creates it."
            )
            {
                Code = ErrorCode.EmptyFile,
            };
        }

        return true;
    }

    /// <summary>Refuses a database beside which a pipe or the like has the name of a journal: SQLite would wait for it for ever.</summary>
    /// <exception cref="DatabaseUnavailableException">There is one.</exception>
    public static void RequirePlainParts(string path)
    {
        foreach (var ending in SqliteFileNames.Endings)
        {
            if (FileStatus.Of(path + ending) is { Kind: not FileKind.Regular })
            {
                throw new DatabaseUnavailableException(
                    $"{path + ending} is no regular file, and SQLite would take it for a part of {path}.",
                    "Move it away."
                );
            }
        }
    }

    /// <summary>Refuses a path whose folder is missing.</summary>
    /// <exception cref="DatabaseUnavailableException">It is.</exception>
    public static void RequireFolderOf(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            if (File.Exists(folder))
            {
                throw new DatabaseUnavailableException(
                    $"{folder} is a file and not a folder, so {Path.GetFileName(path)} cannot be created in it.",
                    "Correct the path."
                );
            }

            throw new DatabaseUnavailableException(
                $"The folder {folder} does not exist, so {Path.GetFileName(path)} cannot be created in it.",
                "Create the folder or correct the path."
            )
            {
                MayPass = true,
            };
        }
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

    /// <summary>Whether there is a database in WAL mode. Only where this process has no connection to the file.</summary>
    /// <exception cref="DatabaseUnavailableException">Something is there that cannot be a database.</exception>
    public static bool IsInWriteAheadMode(string path) => Exists(path) && NeedsWriteAheadLog(path);

    /// <summary>Whether a write-ahead log lies beside the database.</summary>
    public static bool HasWriteAheadLog(string path) => File.Exists(path + "-wal");

    /// <summary>
    /// Reads the first bytes past SQLite. Only where this process has no connection to the file: closing it would drop
    /// that connection's locks.
    /// </summary>
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

    /// <summary>Refuses a path at which nothing could be found, but not because nothing is there.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be told whether it exists.</exception>
    public static void RequireAbsent(string path)
    {
        if (FileStatus.IsAbsent(path))
        {
            return;
        }

        try
        {
            _ = File.GetAttributes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Absent indeed.
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseUnavailableException(
                $"It cannot be told whether {path} exists: this user has no permission to look into its folder.",
                "Run as a user who may search the folder and all that are above it, or correct the path.",
                e
            )
            {
                MayPass = true,
            };
        }
        catch (PathTooLongException e)
        {
            throw new DatabaseUnavailableException(
                $"The name of the database is longer than its file system allows: {path[..Math.Min(path.Length, LongestExcerpt)]}...",
                "Choose a shorter name.",
                e
            );
        }
        catch (IOException e)
        {
            throw new DatabaseUnavailableException(
                $"{path} cannot be looked up: {e.Message}",
                "Correct the path.",
                e
            );
        }
    }

    private static void RequireTrusted(string path)
    {
        if (ForeignLink.FindOn(path) is { } link)
        {
            throw new DatabaseUnavailableException(
                ForeignLink.Refusal(link),
                "Name the file or folder that it leads to, if that is the one."
            );
        }
    }

    private static void RequireFile(string path)
    {
        var what = FileStatus.Of(path)?.Kind switch
        {
            FileKind.Pipe => "a named pipe",
            FileKind.Socket => "a socket",
            FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
            null or FileKind.Regular or FileKind.Folder or FileKind.Link or FileKind.Other => null,
            _ => throw new InvalidOperationException("There is no such kind of file."),
        };
        if (what is not null)
        {
            throw new DatabaseUnavailableException(
                $"{path} is {what}, no regular file, and so no SQLite database.",
                "Name a file."
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

    private static bool HasContent(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 };
}
