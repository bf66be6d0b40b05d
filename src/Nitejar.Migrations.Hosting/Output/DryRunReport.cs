using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Shows the SQL of a run that is not made.</summary>
internal static class DryRunReport
{
    private const string Untouched = "nothing was executed (--dry-run)";

    private const string DiffersNote =
        "-- It asks the database while it is evaluated; after the steps above its SQL may differ.";

    /// <returns>The exit code that the run would have, as far as that can be told.</returns>
    public static ExitCode Write(Terminal terminal, IDatabase database, DryRunResult preview)
    {
        foreach (var warning in preview.Warnings)
        {
            terminal.Warn(warning);
        }

        var ending = Ending.Of(preview.Verdict, Untouched);
        terminal.Data(
            terminal.IsJson
                ? JsonAnswer.Of(terminal, ending, json => WriteJson(json, preview))
                : ToText(terminal.Command, database, preview)
        );
        if (preview.Verdict is { } verdict)
        {
            ErrorReport.WriteText(terminal, verdict, Untouched);
        }

        return ending.Code;
    }

    private static string ToText(string command, IDatabase database, DryRunResult preview)
    {
        if (preview.Steps.Count == 0)
        {
            return preview.Verdict is null
                ? $"-- {database.Name}: nothing to {(command == "adopt" ? "adopt" : "do")}\n"
                : "";
        }

        var text = new StringBuilder($"-- {database.Name}: nothing is executed (--dry-run)\n");
        if (preview.Plan.Request.CommitUnit == CommitUnit.Migration)
        {
            text.Append("-- Each migration is committed by itself (--transaction migration).\n");
        }

        AppendLocks(text, preview, LockLevel.Everyone);
        AppendLocks(text, preview, LockLevel.Writers);
        foreach (var step in preview.Steps)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n-- {step.Id} {(step.Adopts ? "adopt" : Words.Of(step.Direction))}\n"
            );
            if (step.MayDiffer)
            {
                text.Append(DiffersNote).Append('\n');
            }

            if (!step.RunsInTransaction)
            {
                text.Append("-- It runs without a transaction: each statement is committed.\n");
            }

            foreach (var loss in step.Losses)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"-- It removes {loss}{KeptBy(step, loss)}.\n"
                );
            }

            text.Append(step.Sql).Append('\n');
        }

        foreach (var point in preview.AdoptionPoints)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n-- {Words.Of(point.Level)}: {point}");
        }

        return text.Append(preview.AdoptionPoints.Count == 0 ? "" : "\n").ToString();
    }

    /// <summary>Who waits for the run, and where.</summary>
    private static void AppendLocks(StringBuilder text, DryRunResult preview, LockLevel level)
    {
        var names = new List<string>();
        foreach (var one in preview.Locks)
        {
            if (one.Level == level)
            {
                names.Add(one.Table);
            }
        }

        if (names.Count > 0)
        {
            var waiting = level == LockLevel.Everyone ? "read or write" : "write";
            text.Append(
                $"-- Until it is committed, others cannot {waiting} {string.Join(", ", names)}.\n"
            );
        }
    }

    private static string KeptBy(DryRunStep step, DataLoss loss) =>
        (step.Direction, loss.IsChange) switch
        {
            (Direction.Up, _) => "",
            (_, true) => ", which only the backup has",
            (_, false) => ", which the archive keeps",
        };

    /// <summary>The fields of what would be removed.</summary>
    public static void WriteLoss(Utf8JsonWriter json, DataLoss loss)
    {
        json.WriteString("table", loss.Table);
        json.WriteString("column", loss.Column);
        json.WriteNumber("rows", loss.Rows);
        json.WriteBoolean("isChange", loss.IsChange);
    }

    private static void WriteJson(Utf8JsonWriter json, DryRunResult preview)
    {
        json.WriteBoolean("dryRun", true);
        json.WriteString("transaction", Words.Of(preview.Plan.Request.CommitUnit));
        json.WriteArray(
            "steps",
            preview.Steps,
            step =>
            {
                json.WriteNumber("version", step.Id.Version);
                json.WriteString("name", step.Id.Name);
                json.WriteString("direction", Words.Of(step.Direction));
                json.WriteBoolean("adopts", step.Adopts);
                json.WriteBoolean("mayDiffer", step.MayDiffer);
                json.WriteBoolean("runsInTransaction", step.RunsInTransaction);
                json.WriteArray("takesAway", step.Losses, loss => WriteLoss(json, loss));
                json.WriteString("sql", step.Sql);
            }
        );
        json.WriteArray(
            "locks",
            preview.Locks,
            one =>
            {
                json.WriteString("table", one.Table);
                json.WriteString("keepsOut", Words.Of(one.Level));
            }
        );
        AdoptionView.WriteJson(json, preview.AdoptionPoints);
        json.WriteString("plan", preview.Plan.Plan.Value);
        json.WriteArray("warnings", preview.Warnings);
    }
}
