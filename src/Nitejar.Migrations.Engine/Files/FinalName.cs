using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>Gives a complete file its own name, so that the entry survives a power cut.</summary>
public static partial class FinalName
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int FollowLink = 0x400; // AT_SYMLINK_FOLLOW

    /// <summary>Gives it a name, and never takes one away from another file.</summary>
    /// <returns>Whether the name was free.</returns>
    /// <exception cref="ExchangedFileException">Another file has taken the place of this one.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static bool TryGive(NewFile file, string path)
    {
        if (!TryLink(file, path))
        {
            // Of a dangling link, Exists would say that there is nothing.
            if (new FileInfo(path) is { Exists: true } or { LinkTarget: not null })
            {
                return false;
            }

            // Windows, and file systems without hard links.
            Replace(file, path);
            return true;
        }

        LeftOver.Remove(file.Path);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Puts it in the place of whatever has the name, in one step. A symbolic link is replaced, not followed.</summary>
    /// <exception cref="ExchangedFileException">Another file has taken the place of this one. It may have the name now.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Replace(NewFile file, string path)
    {
        file.RequireAt(file.Path);
        Move(file.Path, path);

        // No system renames by handle: the temporary name may have been another file's at that moment.
        file.RequireAt(path);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a file a second name beside its own; <see langword="false"/> where that cannot be done.</summary>
    internal static bool TryAdd(string path, string second) =>
        !OperatingSystem.IsWindows() && Link(path, second) == 0;

    /// <summary>Renames. Unlike the class library's own, it never copies, which would follow links.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal static void Move(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: true);
        }
        else if (Rename(from, to) != 0)
        {
            throw new IOException(
                $"{from} cannot be renamed to {to}: {Marshal.GetLastPInvokeErrorMessage()}"
            );
        }
    }

    private static bool TryLink(NewFile file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        if (!OperatingSystem.IsLinux())
        {
            return Link(file.Path, path) == 0;
        }

        // By the handle. Where /proc is missing, it fails.
        var source = $"/proc/self/fd/{file.Handle.DangerousGetHandle()}";
        return LinkAt(CurrentFolder, source, CurrentFolder, path, FollowLink) == 0;
    }

    // The class library has no link that fails when the target exists.
    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);

    [LibraryImport("libc", EntryPoint = "linkat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(
        int existingFolder,
        string existing,
        int createdFolder,
        string created,
        int flags
    );

    [LibraryImport(
        "libc",
        EntryPoint = "rename",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int Rename(string from, string to);
}
