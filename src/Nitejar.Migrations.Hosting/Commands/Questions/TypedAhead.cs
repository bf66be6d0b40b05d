using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Hosting.Commands.Questions;

/// <summary>What was typed on the terminal and is not read yet.</summary>
internal static partial class TypedAhead
{
    private const int StandardInput = 0;

    /// <summary>Discards it. Where standard input is no terminal, nothing happens.</summary>
    public static void Discard()
    {
        if (OperatingSystem.IsWindows())
        {
            while (Console.KeyAvailable)
            {
                _ = Console.ReadKey(intercept: true);
            }

            return;
        }

        // TCIFLUSH, which the systems number as they like.
        _ = FlushTerminal(StandardInput, OperatingSystem.IsLinux() ? 0 : 1);
    }

    [LibraryImport("libc", EntryPoint = "tcflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FlushTerminal(int descriptor, int queue);
}
