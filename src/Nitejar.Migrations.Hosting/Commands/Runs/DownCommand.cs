using System.CommandLine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>down</c></summary>
internal static class DownCommand
{
    public static Command Create(CommandContext context)
    {
        var to = SharedOptions.Version("--to", "The version to go back to; it stays applied");
        var steps = SharedOptions.Steps("How many migrations to revert (default 1)");
        var all = SharedOptions.Flag("--all", "Revert every migration");
        var noArchive = SharedOptions.Flag(
            "--no-archive",
            "Do not keep the rows of dropped tables and columns"
        );
        var yes = SharedOptions.Flag("--yes", "Do not ask before rows are removed");
        var transaction = SharedOptions.Transaction();
        var noBackup = SharedOptions.NoBackup("the run");
        var command = new Command("down", "Revert the latest applied migration, or more")
        {
            to,
            steps,
            all,
            noArchive,
            yes,
            transaction,
            noBackup,
        };
        var plan = new PlanOptions(command, [to, steps, all, transaction], noArchive);
        var targets = new TargetOptions(command, plan.OfFiles);
        var database = new DatabaseOptions(command);
        SharedOptions.Exclude(command, to, steps, all);
        command.SetAction(parsed =>
            new RunAction(context, "down").Execute(
                new DownRequest(parsed.GetValue(to), parsed.GetValue(steps), parsed.GetValue(all)),
                database.Read(parsed) with
                {
                    Transaction = CommitUnits.Parse(parsed.GetValue(transaction)),
                },
                new RunChoices(
                    plan.IsDryRun(parsed) ? Confirmation.DryRun
                        : parsed.GetValue(yes) ? Confirmation.Given
                        : Confirmation.Wanted,
                    KeepRows: !parsed.GetValue(noArchive),
                    BackUp: !parsed.GetValue(noBackup)
                )
                {
                    PlanOut = plan.Out(parsed),
                    PlanFile = plan.Plan(parsed),
                    TargetSchemas = targets.Schemas(parsed),
                }
            )
        );
        return command;
    }
}
