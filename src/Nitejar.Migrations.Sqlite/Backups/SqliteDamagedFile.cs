using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>A database that is beyond SQLite, and what belongs to it. It is kept: other tools may read more of it than SQLite does.</summary>
/// <param name="path">Where it is, or where only its journals are.</param>
internal sealed class SqliteDamagedFile(string path)
{
    /// <summary>0666</summary>
    private const UnixFileMode ReadAndWrite =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    private readonly string _aside =
        path
        + DateTime.UtcNow.ToString(
            "'.damaged-'yyyyMMdd'T'HHmmssfff'Z'",
            CultureInfo.InvariantCulture
        );

    /// <summary>
    /// Puts a complete file in its place. At every moment there is a file at the path, and never the new one with the
    /// old one's log, which SQLite would mix into it.
    /// </summary>
    /// <param name="complete">What takes its place.</param>
    /// <param name="isThere">Whether the database itself is there, not only its journals.</param>
    /// <returns>Where the old one is now; <see langword="null"/> where nothing was.</returns>
    /// <exception cref="ForeignOwnerException">The file belongs to another user, and this one may not give files away. Nothing was moved.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public string? Replace(NewFile complete, bool isThere)
    {
        if (isThere)
        {
            // Looked at before anything is moved, and once more for the name that it gets.
            complete.RequireAt(complete.Path);
            KeepAccess(complete);
            if (!FinalName.TryAdd(path, _aside))
            {
                FinalName.Move(path, _aside);
            }
        }

        var moved = MoveJournals();
        if (isThere)
        {
            FinalName.Replace(complete, path);
            return _aside;
        }

        FileOwner.GiveToFolder(complete, path);
        return FinalName.TryGive(complete, path)
            ? moved
            : throw new IOException("another process has just created it");
    }

    /// <summary>
    /// The users who could read or write the old file can do so with the new one. No other bit is kept: the owner of the
    /// old file, who may be another user, has chosen them.
    /// </summary>
    private void KeepAccess(NewFile complete)
    {
        if (OperatingSystem.IsLinux())
        {
            // In one look at the file itself: where it is a link by now, or gone, there is nothing to keep. The owner
            // comes first, so that the permissions are never another user's.
            if (FileStatus.OfLink(path) is { Kind: FileKind.Regular } file)
            {
                FileOwner.Keep(complete, file);
                File.SetUnixFileMode(complete.Handle, file.Mode & ReadAndWrite);
            }
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(complete.Handle, File.GetUnixFileMode(path) & ReadAndWrite);
        }
    }

    private string? MoveJournals()
    {
        string? moved = null;
        foreach (var ending in (ReadOnlySpan<string>)["-journal", "-wal", "-shm"])
        {
            if (File.Exists(path + ending))
            {
                moved = _aside + ending;
                FinalName.Move(path + ending, moved);
            }
        }

        return moved;
    }
}
