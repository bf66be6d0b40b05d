using System.Runtime.InteropServices;
using System.Text;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>Runs a command by the system's shell. What it says on stderr is seen, and it may ask on the terminal.</summary>
internal static partial class ShellCommand
{
    private const int LongestOutput = 64 * 1024;

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed, and its exit code: 128 and more where a signal ended it, -1 where there is no shell.</returns>
    public static (string Output, int ExitCode) Run(string command)
    {
        if (OperatingSystem.IsWindows() || popen(command, "r") is not (not 0 and var pipe))
        {
            return ("", -1);
        }

        var output = new byte[LongestOutput];
        var length = (int)fread(output, 1, LongestOutput, pipe);
        var status = pclose(pipe);
        return (
            Encoding.UTF8.GetString(output, 0, length),
            (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        );
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint popen(string command, string type);

    [LibraryImport("libc")]
    private static partial nint fread([Out] byte[] buffer, nint size, nint count, nint pipe);

    [LibraryImport("libc")]
    private static partial int pclose(nint pipe);
}
