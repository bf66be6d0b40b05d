using System.CommandLine;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>Replaces what differs from run to run and from machine to machine.</summary>
internal static partial class Scrubber
{
    public static string Clean(string text)
    {
        var origin = TestProgram.Alone.Origin();
        text = text.Replace(Directory.GetCurrentDirectory(), "<folder>", StringComparison.Ordinal)
            .Replace(RootCommand.ExecutableName, "nitejar-migrate", StringComparison.Ordinal)
            .Replace($"{origin.User}@{origin.Host}", "<user>@<host>", StringComparison.Ordinal);
        text = Times().Replace(text, "<time>");
        text = RunIds(TrailingBlanks().Replace(text, ""));
        text = Durations().Replace(text, "<duration>");
        text = Fields().Replace(text, "\"$1\": <$1>");
        text = FluentMigrator().Replace(text, "(FluentMigrator <version>)");
        return JournalRows()
            .Replace(
                text,
                row => Gaps().Replace(row.Value, "  ").Replace(origin.BinaryVersion, "<version>")
            );
    }

    /// <summary>Numbers the runs, so that one can still be told from another.</summary>
    private static string RunIds(string text)
    {
        var numbers = new Dictionary<string, string>();
        return RunId()
            .Replace(
                text,
                match =>
                {
                    // The table shows the end of the id.
                    var end = match.Value[^8..];
                    numbers.TryAdd(end, $"<run {numbers.Count + 1}>");
                    return numbers[end];
                }
            );
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?Z?|\d{8}T\d{9}Z")]
    private static partial Regex Times();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=<time>  )[0-9a-f]{8}(?=  )")]
    private static partial Regex RunId();

    [GeneratedRegex(@"\b\d+\.\d (ms|s|min)\b")]
    private static partial Regex Durations();

    [GeneratedRegex(
        "\"(durationMs|host|user|binaryVersion|fluentMigratorVersion)\": (\"[^\"]*\"|[0-9.]+)"
    )]
    private static partial Regex Fields();

    [GeneratedRegex(@"\(FluentMigrator [0-9.]+\)")]
    private static partial Regex FluentMigrator();

    /// <summary>The rows of the history table, whose columns are as wide as user and host.</summary>
    [GeneratedRegex("^  (STARTED|<time>).*$", RegexOptions.Multiline)]
    private static partial Regex JournalRows();

    /// <summary>The help indents empty lines, which editors would undo in an approved text.</summary>
    [GeneratedRegex(" +$", RegexOptions.Multiline)]
    private static partial Regex TrailingBlanks();

    [GeneratedRegex(@"(?<=\S) {2,}")]
    private static partial Regex Gaps();
}
