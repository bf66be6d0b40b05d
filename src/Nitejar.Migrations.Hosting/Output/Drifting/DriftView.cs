using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Trust.Drifting;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Drifting;

/// <summary>Shows what has changed in a database since its migrations were applied.</summary>
internal static class DriftView
{
    /// <summary>Gives it.</summary>
    /// <returns>How the command ends.</returns>
    public static Ending Write(Terminal terminal, IDatabase database, DriftReport report)
    {
        var ending = Ending.Of(report.ToFailure());
        if (terminal.IsJson)
        {
            JsonAnswer.Write(terminal, ending, json => WriteJson(json, report));
        }
        else
        {
            terminal.Answer(ToText(database, report));
        }

        if (ending.Failure is { } failure)
        {
            ErrorReport.WriteText(terminal, failure);
        }

        return ending;
    }

    private static string ToText(IDatabase database, DriftReport report)
    {
        var text = new StringBuilder(database.Name);
        if (report.Differences.Count == 0)
        {
            text.Append(": as its migrations leave it\n");
        }
        else
        {
            var table = new TextTable("WHAT", "WHERE", "EXPECTED", "FOUND");
            foreach (var difference in report.Differences)
            {
                table.Add(
                    DriftWords.Of(difference.Kind),
                    difference.Path.ToString(),
                    difference.Before ?? "-",
                    difference.After ?? "-"
                );
            }

            table.AppendTo(text.Append("\n\n"));
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{Count.Of(report.Differences.Count, "difference")}\n"
            );
        }

        return text.Append(AdoptionView.ToText(report.Notes)).ToString();
    }

    private static void WriteJson(Utf8JsonWriter json, DriftReport report)
    {
        json.WriteArray(
            "differences",
            report.Differences,
            difference =>
            {
                json.WriteString("kind", DriftWords.Of(difference.Kind));
                json.WriteString("object", difference.Path.ToString());
                json.WriteString("expected", difference.Before);
                json.WriteString("found", difference.After);
            }
        );
        AdoptionView.WriteJson(json, report.Notes);
    }
}
