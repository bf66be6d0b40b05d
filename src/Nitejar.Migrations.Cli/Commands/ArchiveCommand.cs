using System.CommandLine;
using Nitejar.Migrations.Cli.Configuration;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Cli.Commands;

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
        {
            var settings = context.Resolve(options.Read(parsed));
            var database = settings.Target.ToDatabase();
            var entries = ArchivePurge.Find(database, new ArchiveSelection(), settings.LockTimeout);
            ArchiveView.WriteList(context.Terminal, database, entries);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command CreatePurge(CommandContext context)
    {
        var version = Options.Version("--migration", "Only the rows of this migration");
        var olderThan = DatabaseOptions.Duration(
            "--older-than",
            "Only rows archived at least so long ago"
        );
        var yes = Options.Flag("--yes", "Do not ask before the rows are removed for good");
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
        var database = settings.Target.ToDatabase();
        var entries = ArchivePurge.Find(database, selection, settings.LockTimeout);
        if (entries.Count > 0)
        {
            RequireConsent(context.Terminal, entries, yes);
            Purge(context.Terminal, settings, database, entries);
        }

        ArchiveView.WritePurged(context.Terminal, database, entries);
        return (int)ExitCode.Success;
    }

    private static void RequireConsent(
        Terminal terminal,
        IReadOnlyList<ArchiveEntry> entries,
        bool yes
    )
    {
        string[] items = [.. entries.Select(ArchiveSummary.Of)];
        if (!yes && !Question.Ask(terminal, "This removes for good:", items))
        {
            throw new RefusedException(
                $"This would remove archived rows for good: {string.Join(", ", items)}.",
                "Add --yes if that is meant."
            );
        }
    }

    private static void Purge(
        Terminal terminal,
        Settings settings,
        IDatabase database,
        IReadOnlyList<ArchiveEntry> entries
    )
    {
        using var signals = new Signals();
        var waits = new TransactionSettings(
            settings.LockTimeout,
            settings.StatementTimeout,
            new RunNotes(terminal, database).LockWait
        );
        try
        {
            ArchivePurge.Run(database, entries, waits, signals.Token);
        }
        catch (OperationCanceledException)
        {
            throw signals.ToFailure();
        }
    }
}
