using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>What can be said of a database file without opening it, which would disturb SQLite's locks on it.</summary>
internal static class SqliteFile
{
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

            SqlitePath.RequireAbsent(path);
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

    private static bool HasContent(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 };
}
