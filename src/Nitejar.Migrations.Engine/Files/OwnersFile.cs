namespace Nitejar.Migrations.Engine.Files;

/// <summary>Makes files and folders that nobody but their owner may read.</summary>
internal static class OwnersFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes an empty file (0600). Whatever is there already is an error, a symbolic link too.</summary>
    /// <param name="path">Where.</param>
    /// <param name="expectedBytes">Room that is taken at once, so that a full disk is noticed now; the file is empty all the same.</param>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream Create(string path, long expectedBytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            PreallocationSize = expectedBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ReadWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes a folder (0700) where there is none.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder above may not be written.</exception>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, ReadWrite | UnixFileMode.UserExecute);
        }
    }
}
