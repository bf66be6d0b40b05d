using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Reports a run that has ended: every planned migration with its final state.</summary>
internal static class RunReport
{
    public static void Write(Terminal terminal, IDatabase database, RunResult result)
    {
        foreach (var warning in result.Warnings)
        {
            terminal.Warn(warning);
        }

        if (terminal.IsJson)
        {
            JsonAnswer.Write(
                terminal,
                Ending.Of(result.Failure, result.PartialState),
                json => WriteJson(json, result)
            );
        }
        else
        {
            terminal.Answer(ToText(terminal, database, result));
        }

        if (result.Failure is { } failure)
        {
            ErrorReport.WriteText(terminal, failure, result.PartialState);
        }
    }

    /// <summary>The steps as the field <c>steps</c>, for answers and receipts alike.</summary>
    public static void WriteSteps(Utf8JsonWriter json, RunResult result) =>
        json.WriteArray(
            "steps",
            result.Steps,
            step =>
            {
                json.WriteNumber("version", step.Id.Version);
                json.WriteString("name", step.Id.Name);
                json.WriteString("direction", Words.Of(step.Direction));
                json.WriteString("state", Words.Of(step.State));
                json.WriteNumber("statements", step.Statements);
                json.WriteDuration("durationMs", step.Duration);
                WriteData(json, step.Data);
            }
        );

    private static void WriteData(Utf8JsonWriter json, StepData data)
    {
        json.WriteArray(
            "archived",
            data.Archived,
            entry =>
            {
                json.WriteString("table", entry.Table);
                json.WriteString("column", entry.Column);
                json.WriteNumber("rows", entry.Rows);
                json.WriteString("archiveTable", entry.ArchiveTable);
            }
        );
        json.WriteArray(
            "restored",
            data.Restored,
            restored =>
            {
                json.WriteString("table", restored.Table);
                json.WriteString("column", restored.Column);
                json.WriteNumber("rows", restored.Rows);
                json.WriteNumber("left", restored.Left);
                json.WriteString("reason", restored.Reason);
            }
        );
        json.WriteNumber("discarded", data.Discarded);
    }

    private static string ToText(Terminal terminal, IDatabase database, RunResult result)
    {
        if (result.Steps.Count == 0)
        {
            return result.Failure is not null ? ""
                : result.Accepted.Count > 0 ? $"{database.Name}: {AcceptedOf(result)}"
                : $"{database.Name}: nothing to {(terminal.Command == "adopt" ? "adopt" : "do")}\n";
        }

        var table = new TextTable("STATE", "MIGRATION", "STATEMENTS", "TIME");
        foreach (var step in result.Steps)
        {
            var ran = step.State != StepState.NotRun && step.State != StepState.Failed;
            table.Add(
                Words.Of(step.State),
                step.Id.ToString(),
                ran ? step.Statements.ToString(CultureInfo.InvariantCulture) : "-",
                ran ? Words.Of(step.Duration) : "-"
            );
        }

        var text =
            $"{database.Name}\n\n{table.ToText((row, cell) => terminal.Paint(cell, ColorOf(result.Steps[row].State)))}";
        var backup = result.Backup is { } path ? $"\nbackup: {path}\n" : "";
        return result.Failure is null
            ? $"{text}{AdoptionView.ToText(result.AdoptionPoints)}{backup}\n{Summary(result)}{UnitOf(result)} in {Words.Of(result.Duration)}\n{AcceptedOf(result)}{ArchiveSummary.Of(result)}"
            : text + backup;
    }

    private static string AcceptedOf(RunResult result) =>
        result.Accepted.Count == 0
            ? ""
            : $"recorded the changed SQL of {string.Join(", ", result.Accepted)}\n";

    private static string UnitOf(RunResult result) =>
        result is { CommitUnit: CommitUnit.Migration, Steps.Count: > 1 }
            ? ", each committed by itself,"
            : "";

    /// <summary><c>2 migrations applied</c></summary>
    public static string Summary(RunResult result)
    {
        (StepState State, string Word)[] order =
        [
            (StepState.Adopted, "adopted"),
            (StepState.Reverted, "reverted"),
            (StepState.Applied, "applied"),
        ];
        var counts = order
            .Select(ending =>
                (ending.Word, Steps: result.Steps.Count(step => step.State == ending.State))
            )
            .Where(ending => ending.Steps > 0)
            .ToArray();
        return string.Join(
            ", ",
            counts.Select(
                (ending, at) =>
                    at == 0
                        ? $"{Count.Of(ending.Steps, "migration")} {ending.Word}"
                        : FormattableString.Invariant($"{ending.Steps} {ending.Word}")
            )
        );
    }

    private static AnsiColor ColorOf(StepState state) =>
        state switch
        {
            StepState.Applied or StepState.Adopted or StepState.Reverted => AnsiColor.Green,
            StepState.Failed => AnsiColor.Red,
            StepState.NotRun or StepState.Undone => AnsiColor.Yellow,
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    private static void WriteJson(Utf8JsonWriter json, RunResult result)
    {
        json.WriteString("runId", result.RunId);
        json.WriteTime("startedAt", result.StartedAt);
        json.WriteDuration("durationMs", result.Duration);
        json.WriteString("transaction", Words.Of(result.CommitUnit));
        WriteSteps(json, result);
        json.WriteArray(
            "accepted",
            result.Accepted,
            migration =>
            {
                json.WriteNumber("version", migration.Version);
                json.WriteString("name", migration.Name);
            }
        );
        AdoptionView.WriteJson(json, result.AdoptionPoints);
        json.WriteString("plan", result.Plan?.Value);
        json.WriteString("backup", result.Backup);
        json.WriteArray("warnings", result.Warnings);
    }
}
