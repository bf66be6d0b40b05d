using System.CommandLine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Commands.Options;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>redo</c></summary>
internal static class RedoCommand
{
    public static Command Create(CommandContext context)
    {
        var steps = SharedOptions.Steps("How many migrations (default 1)");
        var yes = SharedOptions.Flag("--yes", "Do not ask before rows are removed");
        var noBackup = SharedOptions.NoBackup("the run");
        var command = new Command("redo", "Revert the latest migrations and apply them again")
        {
            steps,
            yes,
            noBackup,
        };
        var plan = new PlanOptions(command, [steps]);
        var database = new DatabaseOptions(command);
        command.SetAction(parsed =>
            new RunAction(context, "redo").Execute(
                new RedoRequest(parsed.GetValue(steps) ?? 1),
                database.Read(parsed),
                new RunChoices(
                    plan.IsDryRun(parsed) ? Confirmation.DryRun
                        : parsed.GetValue(yes) ? Confirmation.Given
                        : Confirmation.Wanted,
                    BackUp: !parsed.GetValue(noBackup)
                )
                {
                    PlanOut = plan.Out(parsed),
                    PlanFile = plan.Plan(parsed),
                }
            )
        );
        return command;
    }
}
