using System.Text;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Hosting.Output.Verifying;

/// <summary>
/// The result as JUnit's XML, which CI servers show: a test case for each migration and each check of all of them. Anybody
/// may read it, since it holds rows that were made up and the schema.
/// </summary>
internal static class JUnitFile
{
    private const UnixFileMode ForAll =
        NewFile.OnlyForOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes it; a file of that name is replaced.</summary>
    /// <exception cref="InvalidRequestException">It cannot be written.</exception>
    public static void Write(string path, VerifyReport report, Func<string, string> clean)
    {
        try
        {
            var full = Path.GetFullPath(path);
            using var file = NewFile.Beside(full, ForAll);
            file.Content.Write(Encoding.UTF8.GetBytes(clean(ToXml(report))));
            FinalName.Replace(file, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(
                $"The result {path} could not be written: {e.Message.TrimEnd('.')}.",
                "Name a file in a folder that exists and may be written.",
                e
            );
        }
    }

    internal static string ToXml(VerifyReport report)
    {
        Case[] cases =
        [
            .. report.Migrations.Select(m => new Case(
                "migrations",
                m.Id.ToString(),
                (m.Outcome, m.Up + m.Down + m.UpAgain),
                m.Findings,
                m.Notes
            )),
            .. report.Whole.Select(w => new Case(
                "all migrations",
                VerifyWords.PhraseOf(w.Check),
                (w.Outcome, w.Duration),
                w.Findings,
                []
            )),
        ];
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"tests=\"{cases.Length}\" failures=\"{cases.Count(c => c.Result.Outcome == VerifyOutcome.Failed)}\" errors=\"0\" skipped=\"{cases.Count(c => c.Result.Outcome == VerifyOutcome.NotRun)}\" time=\"{report.Duration.TotalSeconds:0.000}\""
        );
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="migrations" {counts}>
              <testsuite name="verify" {counts}>
            {string.Concat(cases.Select(ToXml))}  </testsuite>
            </testsuites>

            """;
    }

    private static string ToXml(Case tried)
    {
        var start = string.Create(
            CultureInfo.InvariantCulture,
            $"    <testcase classname=\"{Escaped(tried.Class)}\" name=\"{Escaped(tried.Name)}\" time=\"{tried.Result.Time.TotalSeconds:0.000}\""
        );
        var content = tried.Result.Outcome switch
        {
            VerifyOutcome.Passed => "",
            VerifyOutcome.Failed => FailureOf(tried.Findings),
            VerifyOutcome.NotRun => "      <skipped message=\"something before it had failed\"/>\n",
            _ => throw new ArgumentOutOfRangeException(nameof(tried)),
        };
        if (tried.Notes.Count > 0)
        {
            content +=
                $"      <system-out>{Escaped(string.Join('\n', tried.Notes))}</system-out>\n";
        }

        return content.Length == 0 ? start + "/>\n" : $"{start}>\n{content}    </testcase>\n";
    }

    /// <summary>One element for all that was found: many readers show the first only.</summary>
    private static string FailureOf(IReadOnlyList<Finding> findings) =>
        $"      <failure message=\"{Escaped(VerifyWords.LineOf(findings[0]))}\">{Escaped(string.Join('\n', findings.Select(VerifyWords.TextOf)))}</failure>\n";

    /// <summary>XML 1.0 has no way to write most control characters, nor half of a pair.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(
                rune.Value switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    '"' => "&quot;",
                    '\n' => "&#10;",
                    '\r' => "&#13;",
                    '\t' => "&#9;",
                    < ' ' or 0xFFFE or 0xFFFF => "\uFFFD",
                    _ => rune.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    private sealed record Case(
        string Class,
        string Name,
        (VerifyOutcome Outcome, TimeSpan Time) Result,
        IReadOnlyList<Finding> Findings,
        IReadOnlyList<string> Notes
    );
}
