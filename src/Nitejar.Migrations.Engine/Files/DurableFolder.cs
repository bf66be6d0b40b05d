using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>Makes a created or renamed entry of a folder survive a power cut.</summary>
internal static partial class DurableFolder
{
    /// <summary>Flushes the folder itself (fsync). On Windows, which has no such call, it does nothing.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, flags: 0);
        if (handle >= 0)
        {
            _ = Fsync(handle);
            _ = Close(handle);
        }
    }

    // The class library opens files only, not folders.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
