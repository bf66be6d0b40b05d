using System.Runtime.InteropServices;

namespace Nitejar.Tests;

/// <summary>Signals, as the system calls know them.</summary>
internal static class Signals
{
    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["HUP"] = 1,
        ["INT"] = 2,
        ["KILL"] = 9,
        ["TERM"] = 15,
        ["CONT"] = 18,
        ["STOP"] = 19,
    };

    /// <summary>What this process ignores, a bit for each signal; nothing where the kernel does not tell.</summary>
    private const string Status = "/proc/self/status";

    /// <summary>
    /// Has programs that are started from now on get SIGHUP, SIGINT and SIGTERM. Whoever runs the tests in the
    /// background of a shell or under nohup makes them ignore some, and what is ignored stays so in every program below.
    /// </summary>
    public static void Deliver()
    {
        foreach (var name in (string[])["HUP", "INT", "TERM"])
        {
            if (IsIgnored(Numbers[name]))
            {
                _ = Handle(Numbers[name], handler: 0);
            }
        }
    }

    /// <summary>Sends a signal by its name.</summary>
    /// <returns>Whether the process is still there.</returns>
    public static bool Send(int process, string name) => Kill(process, Numbers[name]) == 0;

    private static bool IsIgnored(int signal)
    {
        var mask = File.Exists(Status)
            ? File.ReadLines(Status)
                .FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        return mask is not null
            && (Convert.ToUInt64(mask.Split('\t')[1], 16) >> (signal - 1) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Handle(int signal, nint handler);
}
