using Nitejar.Migrations.Cli.Output.Formats;
using Nitejar.Migrations.Cli.Process;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;

namespace Nitejar.Migrations.Cli.Output;

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
            terminal.Data(ToJson(database, exists, report, changed, code));
        }
        else
        {
            terminal.Answer(ToText(terminal, database, exists, report, changed));
        }
    }

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
                StateOf(migration, changed),
                migration.Id.ToString(),
                Words.Of(migration.AppliedOn)
            );
        }

        return $"""
            {database.Name}{(exists ? "" : " (does not exist yet)")}

            {table.ToText(state => Paint(terminal, state))}
            {report.Applied} applied, {report.Pending} pending
            {InterruptionOf(report)}
            """;
    }

    private static string ToJson(
        IDatabase database,
        bool exists,
        StatusReport report,
        IReadOnlyList<ChangedMigration> changed,
        ExitCode code
    ) =>
        JsonAnswer.Write(json =>
        {
            json.WriteString("command", "status");
            json.WriteNumber("exitCode", (int)code);
            json.WriteString("database", database.Name);
            json.WriteBoolean("exists", exists);
            json.WriteNumber("applied", report.Applied);
            json.WriteNumber("pending", report.Pending);
            json.WriteString("interrupted", report.Interrupted?.Migration.ToString());
            json.WriteArray(
                "migrations",
                report.Migrations,
                migration =>
                {
                    json.WriteNumber("version", migration.Id.Version);
                    json.WriteString("name", migration.Id.Name);
                    json.WriteString("state", Words.Of(migration.State));
                    json.WriteBoolean("changed", changed.Any(c => c.Id == migration.Id));
                    json.WriteTime("appliedOn", migration.AppliedOn);
                }
            );
            ErrorReport.WriteJson(json, ChangedMigrations.ToFailure(changed));
        });

    private static string InterruptionOf(StatusReport report) =>
        report.Interrupted switch
        {
            null => "",
            { Direction: Direction.Up } up =>
                $"{up.Migration} was interrupted {up.Place}; `up --resume` goes on with it, `down` takes it back\n",
            var down => $"{down.Migration} was interrupted {down.Place}; `down` goes on with it\n",
        };

    private static string StateOf(
        MigrationStatus migration,
        IReadOnlyList<ChangedMigration> changed
    ) => changed.Any(c => c.Id == migration.Id) ? "changed" : Words.Of(migration.State);

    private static string Paint(Terminal terminal, string state) =>
        terminal.Paint(
            state,
            state switch
            {
                "applied" or "adopted" => AnsiColor.Green,
                "changed" or "interrupted" => AnsiColor.Red,
                _ => AnsiColor.Yellow,
            }
        );
}
