using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Writes files that only their owner may read and that are complete or absent.</summary>
internal static class PrivateFile
{
    /// <summary>Writes under a temporary name, flushes, renames and flushes the folder. A symbolic link at the path is replaced, not followed.</summary>
    /// <exception cref="IOException">The file system refused, or another program has put something else in the place of the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, byte[] content)
    {
        if (Path.EndsInDirectorySeparator(path))
        {
            throw new IOException("It is the name of a folder.");
        }

        OwnersFolder.Create(Path.GetDirectoryName(path)!);
        using var file = NewFile.Beside(path, NewFile.OnlyForOwner);
        file.Content.Write(content);
        file.Content.Flush(flushToDisk: true);
        FinalName.Replace(file, path);
    }
}
