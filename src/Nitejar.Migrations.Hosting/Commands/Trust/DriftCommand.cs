using System.CommandLine;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Trust.Drifting;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Drifting;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Trust;

/// <summary><c>drift</c></summary>
internal static class DriftCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "drift",
            "Compare the schema with what the applied migrations make; reads only"
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
        var report = new DriftSurvey(database, context.LoadCatalog()).Find(reader);
        return DriftView.Write(context.Terminal, database, report).Code;
    }
}
