namespace Nitejar.Migrations.Engine.Files;

/// <summary>Makes folders that nobody but their owner may look into.</summary>
public static class OwnersFolder
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder (0700), and those above it, where there is none.</summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">The file system refused, or a link on the way is not to be trusted.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder above may not be written.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        ForeignLink.RequireNoneOn(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // One by one: the class library makes those above with everybody's permissions.
        if (Path.GetDirectoryName(path) is { } above)
        {
            Create(above);
        }

        Directory.CreateDirectory(path, Mode);
    }
}
