using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Copies;

/// <summary>Checks a backup, asks, restores, and leaves a receipt as a run does.</summary>
internal sealed class RestoreAction(CommandContext context, CopyTarget target)
{
    private readonly DateTime _startedAt = DateTime.UtcNow;
    private readonly string _runId = UniqueId.New().ToString();

    /// <param name="file">The backup.</param>
    /// <param name="consented">Whether no question is needed.</param>
    /// <param name="backups">Where what was there is kept; <see langword="null"/> for nowhere.</param>
    /// <exception cref="MigrateException">It was not done; the database is as before.</exception>
    /// <exception cref="InterruptedException">A signal ended it; the database is as before.</exception>
    public RestoreResult Execute(string file, bool consented, BackupSettings? backups)
    {
        try
        {
            var result = CopyAction.Run(
                context,
                target,
                (control, signals) =>
                {
                    using var restore = target.Copies.OpenRestore(file, control);
                    if (restore.ReplacesSomething && !consented)
                    {
                        RequireConsent(restore, signals);
                    }

                    return restore.Run(
                        backups,
                        new RestoreRecord(_runId, Path.GetFileName(file), context.Program.Origin())
                    );
                }
            );
            WriteReceipt(result.Warnings, failure: null, result.Backup);
            return result;
        }
        catch (Exception failure)
        {
            WriteReceipt([], failure, backup: null);
            throw;
        }
    }

    private void RequireConsent(IRestore restore, Signals signals)
    {
        var text = RestoreReport.ToText(restore.Preview(), DateTime.UtcNow);
        var answer = signals.WithNothingToUndo(() =>
            Question.Ask(
                context.Terminal,
                QuestionSubject.Of(target.Settings),
                [
                    new Listing(
                        $"This replaces {target.Database.Name}",
                        text.TrimEnd('\n').Split('\n')
                    ),
                ]
            )
        );
        if (answer == Answer.No)
        {
            throw Question.Declined(context.Terminal.Command);
        }

        if (answer == Answer.NotAsked)
        {
            throw new RefusedException(
                $"This would replace {target.Database.Name}.",
                "Add --yes if that is meant."
            )
            {
                Detail = text.TrimEnd('\n'),
            };
        }
    }

    private void WriteReceipt(IReadOnlyList<string> warnings, Exception? failure, string? backup) =>
        Receipt.Write(
            context.Terminal,
            ReceiptSubject.Of(context.Program, target.Settings),
            new RunResult(
                _runId,
                _startedAt,
                DateTime.UtcNow - _startedAt,
                Steps: [],
                warnings,
                failure,
                Backup: backup
            )
        );
}
