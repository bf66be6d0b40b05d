using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>What this user may do with a file or a folder.</summary>
internal static partial class Permissions
{
    private const int Write = 2; // W_OK

    /// <summary>Whether it may be written. On Windows, where only the attempt would tell, always.</summary>
    public static bool MayWrite(string path) =>
        OperatingSystem.IsWindows() || Access(path, Write) == 0;

    // The class library tells the bits, which say nothing of groups, access lists and read-only mounts.
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
