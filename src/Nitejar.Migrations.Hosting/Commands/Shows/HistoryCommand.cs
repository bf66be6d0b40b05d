using System.CommandLine;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shows;

/// <summary><c>history</c></summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "history",
            "Show every run and restore: when, what, who, which binary, how long; reads only"
        );
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
            Showing.Run(
                context,
                () => Show(context, context.Resolve(options.ReadTolerantly(parsed)))
            )
        );
        return command;
    }

    private static ExitCode Show(CommandContext context, Settings settings)
    {
        var database = context.DatabaseOf(settings);
        using var reader = context.OpenReader(settings, database);
        HistoryView.Write(context.Terminal, database, reader?.ReadJournal() ?? []);
        return ExitCode.Success;
    }
}
