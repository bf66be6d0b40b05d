using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Shows how the migrations stand.</summary>
internal static class StatusView
{
    public static void Write(
        Terminal terminal,
        IDatabase database,
        bool exists,
        StatusReport report,
        IReadOnlyList<ChangedMigration> changed,
        ExitCode code
    )
    {
        if (terminal.IsJson)
        {
            JsonAnswer.Write(
                terminal,
                new Ending(code, ChangedMigrations.ToFailure(changed)),
                json => WriteJson(json, exists, report, changed)
            );
        }
        else
        {
            terminal.Answer(ToText(terminal, database, exists, report, changed));
        }
    }

    /// <summary>How they stand in a line, to be compared with that of other databases.</summary>
    public static string Summary(StatusReport report)
    {
        var newest = report.Migrations.LastOrDefault(migration => migration.AppliedOn is not null);
        var interrupted = report.Interrupted is { } begun
            ? $"; {begun.Migration} was interrupted"
            : "";
        var drift =
            report.Drifted.Count == 0 ? "" : $"; drift: {Count.Of(report.Drifted.Count, "object")}";
        return $"{CountsOf(report)}{(newest is null ? "" : $", newest {newest.Id}")}{interrupted}{drift}";
    }

    private static string CountsOf(StatusReport report) =>
        $"{report.Applied} applied, {report.Pending} pending{Further(report.NotChosen, "not chosen")}{Further(report.Unknown, "unknown")}";

    private static string ToText(
        Terminal terminal,
        IDatabase database,
        bool exists,
        StatusReport report,
        IReadOnlyList<ChangedMigration> changed
    )
    {
        var table = new TextTable("STATE", "MIGRATION", "APPLIED (UTC)");
        foreach (var migration in report.Migrations)
        {
            table.Add(
                IsChanged(migration, changed) ? "changed" : Words.Of(migration.State),
                migration.Id.ToString(),
                Words.Of(migration.AppliedOn)
            );
        }

        return $"""
            {database.Name}{(exists ? "" : " (does not exist yet)")}

            {table.ToText(
                (row, cell) => terminal.Paint(cell, ColorOf(report.Migrations[row], changed))
            )}
            {CountsOf(report)}
            {NotesOn(report)}{InterruptionOf(report)}{DriftOf(report)}{OthersOf(report)}
            """;
    }

    private static string Further(int count, string state) =>
        count == 0 ? "" : $", {count} {state}";

    /// <summary>What a number does not say: why an <c>up</c> or a <c>down</c> may be refused.</summary>
    private static string NotesOn(StatusReport report)
    {
        var unknown =
            report.Unknown == 0
                ? ""
                : "unknown: applied, and not in this binary, which may be older; `down` reverts what has its SQL stored\n";
        var late = report.Migrations.FirstOrDefault(report.IsOutOfOrder);
        return late is null
            ? unknown
            : $"{unknown}{late.Id} is older than what is applied: `up` wants --allow-out-of-order\n";
    }

    private static void WriteJson(
        Utf8JsonWriter json,
        bool exists,
        StatusReport report,
        IReadOnlyList<ChangedMigration> changed
    )
    {
        json.WriteBoolean("exists", exists);
        json.WriteNumber("applied", report.Applied);
        json.WriteNumber("pending", report.Pending);
        json.WriteNumber("notChosen", report.NotChosen);
        json.WriteNumber("unknown", report.Unknown);
        json.WriteString("interrupted", report.Interrupted?.Migration.ToString());
        json.WriteArray("drifted", report.Drifted);
        json.WriteArray(
            "otherHistories",
            report.OtherHistories,
            history =>
            {
                json.WriteString("tool", history.Tool);
                json.WriteString("table", history.Table);
                json.WriteString("newest", history.Newest);
            }
        );
        json.WriteArray(
            "migrations",
            report.Migrations,
            migration =>
            {
                json.WriteNumber("version", migration.Id.Version);
                json.WriteString("name", migration.Id.Name);
                json.WriteString("state", Words.Of(migration.State));
                json.WriteBoolean("changed", IsChanged(migration, changed));
                json.WriteBoolean("outOfOrder", report.IsOutOfOrder(migration));
                json.WriteTime("appliedOn", migration.AppliedOn);
            }
        );
    }

    private static string InterruptionOf(StatusReport report) =>
        report.Interrupted switch
        {
            null => "",
            { Direction: Direction.Up } up =>
                $"{up.Migration} was interrupted {up.Place}; `up --resume` continues it, `down` reverts it\n",
            var down => $"{down.Migration} was interrupted {down.Place}; `down` continues it\n",
        };

    /// <summary>Names a few of the objects; <c>drift</c> says what has changed.</summary>
    private static string DriftOf(StatusReport report)
    {
        const int most = 3;
        var count = report.Drifted.Count;
        var more = count > most ? ", ..." : "";
        return count == 0
            ? ""
            : $"drift: {Count.Of(count, "object")} not as the migrations left {(count == 1 ? "it" : "them")} ({string.Join(", ", report.Drifted.Take(most))}{more}); `drift` says in what\n";
    }

    private static string OthersOf(StatusReport report) =>
        string.Concat(report.OtherHistories.Select(history => $"another tool: {history}\n"));

    private static bool IsChanged(
        MigrationStatus migration,
        IReadOnlyList<ChangedMigration> changed
    ) => changed.Any(c => c.Id == migration.Id);

    private static AnsiColor ColorOf(
        MigrationStatus migration,
        IReadOnlyList<ChangedMigration> changed
    ) =>
        IsChanged(migration, changed)
            ? AnsiColor.Red
            : migration.State switch
            {
                MigrationState.Applied or MigrationState.Adopted => AnsiColor.Green,
                MigrationState.Interrupted => AnsiColor.Red,
                MigrationState.Pending or MigrationState.NotChosen or MigrationState.Unknown =>
                    AnsiColor.Yellow,
                _ => throw new ArgumentOutOfRangeException(nameof(migration)),
            };
}
