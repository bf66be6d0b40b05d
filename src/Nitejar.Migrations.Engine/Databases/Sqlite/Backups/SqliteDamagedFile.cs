using System.Runtime.Versioning;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Backups;

/// <summary>A database that is beyond SQLite, and what belongs to it. It is kept: somebody may know more than SQLite does.</summary>
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
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public string? Replace(NewFile complete, bool isThere)
    {
        if (isThere)
        {
            // Looked at before anything is moved, and once more for the name that it gets.
            complete.RequireAt(complete.Path);
            KeepMode(complete);
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

        return FinalName.TryGive(complete, path)
            ? moved
            : throw new IOException("another process has just created it");
    }

    /// <summary>
    /// Whoever could read or write the old file can do so with the new one. No other bit is kept: the owner of the old
    /// file, who may be another user, has chosen them.
    /// </summary>
    private void KeepMode(NewFile complete)
    {
        if (!OperatingSystem.IsWindows() && ModeOfFile() is { } mode)
        {
            File.SetUnixFileMode(complete.Handle, mode & ReadAndWrite);
        }
    }

    /// <summary>Of the file itself, in one look; <see langword="null"/> where it is a link by now, or gone.</summary>
    [UnsupportedOSPlatform("windows")]
    private UnixFileMode? ModeOfFile() =>
        OperatingSystem.IsLinux()
            ? FileStatus.OfLink(path) is { Kind: FileKind.Regular } file
                ? file.Mode
                : null
            : File.GetUnixFileMode(path);

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
