using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>What has to be put right before anything is opened, however the program was started.</summary>
internal static partial class ProcessStart
{
    private const int GetFlags = 1; // F_GETFD
    private const int FileSizeExceeded = 25; // SIGXFSZ, on every system that .NET knows
    private const int NoReader = 13; // SIGPIPE, likewise
    private const nint Ignore = 1; // SIG_IGN

    /// <summary>Does that. On Windows there is nothing to do.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        FillStandardDescriptors();

        // What is larger than `ulimit -f` allows is an error like any other, and not a death that leaves half a file.
        _ = OnSignal(FileSizeExceeded, Ignore);

        // So is a reader of the output that has gone.
        _ = OnSignal(NoReader, Ignore);
    }

    /// <summary>
    /// With stdin, stdout or stderr closed, a database would be opened under that number, and
    /// messages would be written into it. A folder takes the place: it can be neither read nor written.
    /// </summary>
    private static void FillStandardDescriptors()
    {
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            if (Control(descriptor, GetFlags) < 0)
            {
                // The lowest number that is free, which is this one.
                _ = Open("/", flags: 0);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint OnSignal(int signal, nint handler);
}
