using System.CommandLine;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Trust.Adopting;
using Nitejar.Migrations.Engine.Trust.Drifting;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Commands.Targets;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Targets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shows;

/// <summary><c>status</c></summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var check = SharedOptions.Flag("--check", "Exit with 3 when a migration is pending");
        var tags = SharedOptions.Tags();
        var command = new Command(
            "status",
            "Show applied, pending and unknown migrations; reads only"
        )
        {
            check,
            tags,
        };
        var targets = new TargetOptions(command);
        var database = new DatabaseOptions(command, tags);
        command.SetAction(parsed =>
        {
            var options = database.ReadTolerantly(parsed);
            var isCheck = parsed.GetValue(check);
            return targets.Schemas(parsed) is { } pattern
                ? ShowEach(context, options, isCheck, pattern)
                : Showing.Run(
                    context,
                    () => Show(context, context.Resolve(options), isCheck).Code!.Value
                );
        });
        return command;
    }

    private static int ShowEach(
        CommandContext context,
        CommonOptions options,
        bool check,
        string pattern
    )
    {
        context.Terminal.HasTargets = true;
        using var loop = new TargetLoop(
            context,
            context.Resolve(options),
            new TargetReport(pattern),
            pattern
        );
        var code = loop.Run(target =>
            loop.Signals.WithNothingToUndo(() => Show(context, target.Settings, check))
        );
        context.Terminal.RequireShown(code);
        return code;
    }

    private static TargetOutcome Show(CommandContext context, Settings settings, bool check)
    {
        var database = context.DatabaseOf(settings);
        var catalog = context.LoadCatalog();

        using var reader = context.OpenReader(settings, database);
        var history = HistoryReader.Read(reader);
        var report = StatusReport.Of(catalog, history, settings.Tags) with
        {
            OtherHistories = OtherHistories.Read(reader),
            Drifted = DriftMention.Of(reader, history),
        };
        foreach (var warning in UnusedTags.WarningsOf(catalog, settings.Tags))
        {
            context.Terminal.Warn(warning);
        }

        var changed = reader is null
            ? []
            : ChangedMigrations.Find(catalog, history, reader, MigrationCompiler.For(database));
        var code =
            changed.Count > 0 ? ExitCode.CheckFailed
            : check && report.Pending > 0 ? ExitCode.Pending
            : ExitCode.Success;

        StatusView.Write(context.Terminal, database, reader is not null, report, changed, code);
        var failure = ChangedMigrations.ToFailure(changed);
        if (failure is not null)
        {
            ErrorReport.WriteText(context.Terminal, failure);
        }

        return TargetOutcome.Of(report, code, failure);
    }
}
