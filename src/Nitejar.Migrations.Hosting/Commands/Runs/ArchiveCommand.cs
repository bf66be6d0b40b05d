using System.CommandLine;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>archive list</c> and <c>archive purge</c></summary>
internal static class ArchiveCommand
{
    public static Command Create(CommandContext context) =>
        new("archive", "Show or purge the rows that `down` has kept")
        {
            CreateList(context),
            CreatePurge(context),
        };

    private static Command CreateList(CommandContext context)
    {
        var command = new Command("list", "Show archived rows; reads only");
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
            Showing.Run(
                context,
                () => List(context, context.Resolve(options.ReadTolerantly(parsed)))
            )
        );
        return command;
    }

    private static ExitCode List(CommandContext context, Settings settings)
    {
        var database = context.DatabaseOf(settings);
        var purge = new ArchivePurge(database, context.ReadingWaits(settings, database));
        ArchiveView.WriteList(context.Terminal, database, purge.Find(new ArchiveSelection()));
        return ExitCode.Success;
    }

    private static Command CreatePurge(CommandContext context)
    {
        var version = SharedOptions.Version("--migration", "Only the rows of this migration");
        var olderThan = DatabaseOptions.Age(
            "--older-than",
            "Only rows archived at least so long ago: 12h, 30d"
        );
        var yes = SharedOptions.Flag("--yes", "Do not ask before the rows are removed for good");
        var command = new Command("purge", "Remove archived rows for good")
        {
            version,
            olderThan,
            yes,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
            Purge(
                context,
                context.Resolve(options.Read(parsed)),
                new ArchiveSelection(parsed.GetValue(version), parsed.GetValue(olderThan)),
                parsed.GetValue(yes)
            )
        );
        return command;
    }

    private static int Purge(
        CommandContext context,
        Settings settings,
        ArchiveSelection selection,
        bool yes
    )
    {
        var database = context.DatabaseOf(settings);
        var purge = new ArchivePurge(database, context.ReadingWaits(settings, database));
        using var signals = new Signals(interrupted =>
            ErrorReport.Write(context.Terminal, interrupted)
        );
        var entries = signals.WithNothingToUndo(() => purge.FindToRemove(selection));
        if (entries.Count > 0)
        {
            if (!yes)
            {
                RequireConsent(context.Terminal, signals, entries, QuestionSubject.Of(settings));
            }

            Remove(purge, entries, signals);
        }

        ArchiveView.WritePurged(context.Terminal, database, entries);
        return (int)ExitCode.Success;
    }

    private static void RequireConsent(
        Terminal terminal,
        Signals signals,
        IReadOnlyList<ArchiveEntry> entries,
        string subject
    )
    {
        string[] items = [.. entries.Select(ArchiveSummary.Of)];
        var answer = signals.WithNothingToUndo(() =>
            Question.Ask(terminal, subject, [new Listing("This removes for good", items)])
        );
        if (answer != Answer.Yes)
        {
            throw answer == Answer.No
                ? Question.Declined(terminal.Command)
                : new RefusedException(
                    $"This would remove archived rows for good: {string.Join(", ", items)}.",
                    "Add --yes if that is meant."
                );
        }
    }

    private static void Remove(
        ArchivePurge purge,
        IReadOnlyList<ArchiveEntry> entries,
        Signals signals
    )
    {
        try
        {
            purge.Remove(entries, signals, signals.Token);
            signals.RunEnded(ExitCode.Success);
        }
        catch (OperationCanceledException)
        {
            throw signals.ToFailure();
        }
    }
}
