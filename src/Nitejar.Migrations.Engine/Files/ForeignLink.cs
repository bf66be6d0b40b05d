namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// Symbolic links that are not followed. The rule is that of Linux for links that programs follow
/// (fs.protected_symlinks), which not every system has switched on: where everybody may write, anybody could have put a
/// link there to have a file of this user's written.
/// </summary>
internal static class ForeignLink
{
    /// <summary>As many links as Linux follows in a path.</summary>
    private const int MostLinks = 40;

    /// <summary>Requires that no such link is on the way.</summary>
    /// <inheritdoc cref="FindOn"/>
    /// <exception cref="IOException">One is.</exception>
    public static void RequireNoneOn(string path)
    {
        if (FindOn(path) is { } link)
        {
            throw new IOException(Refusal(link));
        }
    }

    /// <summary>Looks at each component of a path, and at those of the links in it.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>
    /// The first link of another user who does not own the link's folder, where that folder may be written by everybody;
    /// <see langword="null"/> where there is none, and on systems that do not tell.
    /// </returns>
    public static string? FindOn(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var ahead = new Stack<string>();
        Push(ahead, path);
        var folder = "/";
        var links = 0;
        while (ahead.TryPop(out var name))
        {
            var entry = Path.GetFullPath(Path.Combine(folder, name));
            if (FileStatus.OfLink(entry) is not { Kind: FileKind.Link } link)
            {
                folder = entry;
                continue;
            }

            if (!IsTrusted(link, folder))
            {
                return entry;
            }

            // The system says so when a path with more of them is opened, or one that is gone by now.
            if (++links > MostLinks || new FileInfo(entry).LinkTarget is not { } target)
            {
                return null;
            }

            folder = Path.IsPathRooted(target) ? "/" : folder;
            Push(ahead, target);
        }

        return null;
    }

    /// <summary>Why it is not followed.</summary>
    public static string Refusal(string link) =>
        $"{link} is another user's symbolic link in a folder where everybody may write, so it is not followed.";

    private static bool IsTrusted(FileStatus link, string folder) =>
        link.IsOwn
        || FileStatus.Of(folder) is not { } status
        || !status.Mode.HasFlag(UnixFileMode.OtherWrite)
        || status.Owner == link.Owner;

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            ahead.Push(name);
        }
    }
}
