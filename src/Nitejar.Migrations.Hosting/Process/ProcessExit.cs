using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>Ends the program from any thread, whatever the others do.</summary>
internal static partial class ProcessExit
{
    /// <summary>
    /// Ends it at once. The class library's way waits for others: for who exits already, and for what libraries have
    /// registered. Output is not buffered, so nothing is lost.
    /// </summary>
    public static void Now(ExitCode code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit((int)code);
        }

        EndProcess((int)code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndProcess(int code);
}
