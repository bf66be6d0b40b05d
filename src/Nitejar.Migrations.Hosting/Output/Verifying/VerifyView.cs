using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Verifying;

/// <summary>Shows what a verification has found.</summary>
internal static class VerifyView
{
    public static void Write(Terminal terminal, VerifyReport report, CheckFailedException? failure)
    {
        if (terminal.IsJson)
        {
            JsonAnswer.Write(terminal, Ending.Of(failure), json => WriteJson(json, report));
        }
        else
        {
            terminal.Answer(ToText(terminal, report));
        }

        if (failure is not null)
        {
            ErrorReport.WriteText(terminal, failure);
        }
    }

    private static string ToText(Terminal terminal, VerifyReport report)
    {
        var table = new TextTable("RESULT", "MIGRATION", "ROWS", "UP", "DOWN", "UP AGAIN");
        foreach (var migration in report.Migrations)
        {
            table.Add(
                VerifyWords.Of(migration.Outcome),
                migration.Id.ToString(),
                migration.Rows.ToString(CultureInfo.InvariantCulture),
                TimeOf(migration.Up),
                TimeOf(migration.Down),
                TimeOf(migration.UpAgain)
            );
        }

        foreach (var whole in report.Whole)
        {
            table.Add(
                VerifyWords.Of(whole.Outcome),
                VerifyWords.PhraseOf(whole.Check),
                "",
                TimeOf(whole.Duration),
                "",
                ""
            );
        }

        VerifyOutcome[] outcomes =
        [
            .. report.Migrations.Select(m => m.Outcome),
            .. report.Whole.Select(w => w.Outcome),
        ];
        var notes = report.Migrations.SelectMany(m => m.Notes.Select(n => $"  {m.Id}: {n}\n"));
        var passed = report.Migrations.Count(m => m.Outcome == VerifyOutcome.Passed);
        return $"""
            {table.ToText((row, cell) => terminal.Paint(cell, ColorOf(outcomes[row])))}
            {string.Concat(
                notes.Append("\n").SkipWhile(note => note == "\n")
            )}{passed} of {Count.Of(report.Migrations.Count, "migration")} passed in {Words.Of(
                report.Duration
            )}

            """;
    }

    private static string TimeOf(TimeSpan time) => time == TimeSpan.Zero ? "-" : Words.Of(time);

    private static AnsiColor ColorOf(VerifyOutcome outcome) =>
        outcome switch
        {
            VerifyOutcome.Passed => AnsiColor.Green,
            VerifyOutcome.Failed => AnsiColor.Red,
            VerifyOutcome.NotRun => AnsiColor.Gray,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static void WriteJson(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteDuration("durationMs", report.Duration);
        json.WriteArray(
            "migrations",
            report.Migrations,
            migration =>
            {
                json.WriteNumber("version", migration.Id.Version);
                json.WriteString("name", migration.Id.Name);
                json.WriteString("result", VerifyWords.Of(migration.Outcome));
                json.WriteNumber("rows", migration.Rows);
                json.WriteDuration("upMs", migration.Up);
                json.WriteDuration("downMs", migration.Down);
                json.WriteDuration("upAgainMs", migration.UpAgain);
                json.WriteArray("notes", migration.Notes);
            }
        );
        json.WriteArray(
            "checks",
            report.Whole,
            whole =>
            {
                json.WriteString("check", VerifyWords.Of(whole.Check));
                json.WriteString("result", VerifyWords.Of(whole.Outcome));
                json.WriteDuration("durationMs", whole.Duration);
            }
        );
        WriteFindings(json, report);
    }

    private static void WriteFindings(Utf8JsonWriter json, VerifyReport report) =>
        json.WriteArray(
            "findings",
            report
                .Migrations.SelectMany(m => m.Findings.Select(f => (Of: m.Id.ToString(), f)))
                .Concat(
                    report.Whole.SelectMany(w => w.Findings).Select(f => (Of: (string?)null!, f))
                ),
            item =>
            {
                var (migration, finding) = item;
                json.WriteString("migration", migration);
                json.WriteString("check", VerifyWords.Of(finding.Check));
                json.WriteString("object", finding.Place);
                json.WriteString("problem", finding.Problem);
                json.WriteString("before", finding.Before);
                json.WriteString("after", finding.After);
                json.WriteString("detail", finding.Detail);
            }
        );
}
