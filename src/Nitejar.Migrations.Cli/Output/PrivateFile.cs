using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>Writes files that only their owner may read and that are complete or absent.</summary>
internal static class PrivateFile
{
    /// <summary>Writes under a temporary name, flushes, renames and flushes the folder. A symbolic link at the path is replaced, not followed.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, byte[] content)
    {
        if (Path.EndsInDirectorySeparator(path))
        {
            throw new IOException("It is the name of a folder.");
        }

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = TemporaryName.Beside(path);
        try
        {
            using (var stream = new FileStream(temporary, OnlyForOwner()))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            DurableFolder.Flush(folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions OnlyForOwner()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
