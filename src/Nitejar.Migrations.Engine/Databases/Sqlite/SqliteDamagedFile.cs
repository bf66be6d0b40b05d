using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>A database that is beyond SQLite, and what belongs to it. It is kept: somebody may know more than SQLite does.</summary>
/// <param name="path">Where it is, or where only its journals are.</param>
internal sealed class SqliteDamagedFile(string path)
{
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
    /// <param name="temporary">The complete file.</param>
    /// <param name="isThere">Whether the database itself is there, not only its journals.</param>
    /// <returns>Where the old one is now; <see langword="null"/> where nothing was.</returns>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public string? Replace(string temporary, bool isThere)
    {
        if (isThere)
        {
            KeepMode(temporary);
            if (!FinalName.TryAdd(path, _aside))
            {
                File.Move(path, _aside);
            }
        }

        var moved = MoveJournals();
        if (isThere)
        {
            File.Move(temporary, path, overwrite: true);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return _aside;
        }

        return FinalName.TryGive(temporary, path)
            ? moved
            : throw new IOException("another process has just created it");
    }

    /// <summary>Whoever could use the old file can use the new one.</summary>
    private void KeepMode(string temporary)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
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
                File.Move(path + ending, moved);
            }
        }

        return moved;
    }
}
