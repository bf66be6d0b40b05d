using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>What has to hold of every end of the program, whatever was done to it.</summary>
internal static partial class Results
{
    /// <summary>One of these exit codes, and no sign of a crash.</summary>
    public static CommandResult RequireExit(this CommandResult result, params int[] codes)
    {
        Require.That(
            codes.Contains(result.ExitCode),
            $"exit code {result.ExitCode}, expected {string.Join(" or ", codes)}: {result}"
        );
        return result.RequireNoCrash();
    }

    /// <summary>No stack trace, and no failure that the program does not know itself.</summary>
    public static CommandResult RequireNoCrash(this CommandResult result)
    {
        // Who asks for one gets one.
        Require.That(
            Verbose().IsMatch(result.CommandLine) || !StackTrace().IsMatch(result.Error),
            $"a stack trace: {result}"
        );
        Require.That(
            !result.Error.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase)
                && !result.Error.Contains("defect of this program", StringComparison.Ordinal),
            $"an unexpected failure: {result}"
        );
        return result;
    }

    /// <summary>Whether it said on stdout that it changed the database.</summary>
    public static bool ReportsSuccess(this CommandResult result) => SaysSuccess(result.Output);

    /// <summary>Whether the words say that something was changed or made.</summary>
    public static bool SaysSuccess(string words) => SuccessLine().IsMatch(words);

    [GeneratedRegex(@"^\s+at [A-Za-z_.`+<>]+\(", RegexOptions.Multiline)]
    private static partial Regex StackTrace();

    [GeneratedRegex("(^| )(-v|--verbose)( |$)")]
    private static partial Regex Verbose();

    [GeneratedRegex(@"migrations? (applied|reverted)|restored in|copied and verified")]
    private static partial Regex SuccessLine();
}
