using System.CommandLine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Commands.Options;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>adopt</c></summary>
internal static class AdoptCommand
{
    public static Command Create(CommandContext context)
    {
        var dryRun = SharedOptions.Flag("--dry-run", "Only say what would be recorded");
        var command = new Command(
            "adopt",
            "Record migrations as applied whose objects another tool has made"
        )
        {
            dryRun,
        };
        var database = new DatabaseOptions(command);
        command.SetAction(parsed =>
            new RunAction(context, "adopt").Execute(
                new AdoptRequest(),
                database.Read(parsed),
                new RunChoices(
                    parsed.GetValue(dryRun) ? Confirmation.DryRun : Confirmation.Wanted,
                    BackUp: false
                )
            )
        );
        return command;
    }
}
