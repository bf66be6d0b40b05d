namespace Nitejar.Tests;

/// <summary>Gives a program a terminal of its own, as for a person who sits there.</summary>
internal static class PseudoTerminal
{
    /// <summary>The whole call. Both streams of the program come out of it on stdout, with its exit code.</summary>
    public static string[] CallOf(IEnumerable<string> call) =>
        [
            Programs.Require("script"),
            "--quiet",
            "--return",
            "--command",
            // With no shell between the two, which would have to pass signals on.
            $"exec {string.Join(' ', call.Select(Quote))}",
            "/dev/null",
        ];

    /// <summary>What `script` has its command read by, whoever's shell the tests were started from.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        new Dictionary<string, string> { ["SHELL"] = "/bin/sh" };

    private static string Quote(string word) =>
        $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
