using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>Gives a complete file its own name, and never takes one away from another file.</summary>
internal static partial class FinalName
{
    private const int FileExists = 17; // EEXIST

    /// <summary>Renames for good: the entry survives a power cut.</summary>
    /// <returns>Whether the name was free; if not, the temporary one is still there.</returns>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static bool TryGive(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows() && Link(temporary, path) == 0)
        {
            LeftOver.Remove(temporary);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return true;
        }

        var linkError = OperatingSystem.IsWindows() ? 0 : Marshal.GetLastPInvokeError();
        if (linkError == FileExists || File.Exists(path))
        {
            return false;
        }

        // Windows, and file systems without hard links.
        File.Move(temporary, path, overwrite: false);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Gives a file a second name beside its own; <see langword="false"/> where that cannot be done.</summary>
    public static bool TryAdd(string path, string second) =>
        !OperatingSystem.IsWindows() && Link(path, second) == 0;

    // The class library has no link that fails when the target exists.
    [LibraryImport(
        "libc",
        EntryPoint = "link",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int Link(string existing, string created);
}
