using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Files;

/// <summary>What can be said of a path at which a database is or will be.</summary>
internal static class SqlitePath
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
}
