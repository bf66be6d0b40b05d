using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary>A run of one database, its receipt and its report: the same for a database alone and for one of several.</summary>
/// <param name="context">The command's.</param>
/// <param name="settings">How the database is reached.</param>
/// <param name="choices">How it is run.</param>
internal sealed class DatabaseRun(CommandContext context, Settings settings, RunChoices choices)
{
    private readonly DateTime _startedAt = DateTime.UtcNow;

    /// <summary>The database.</summary>
    public IDatabase Database { get; } = context.DatabaseOf(settings);

    /// <summary>Returns what a run would do.</summary>
    public DryRunResult Preview(MigrationRequest request) =>
        new DryRun(Database, context.LoadCatalog()).Preview(
            request,
            context.ReadingWaits(settings, Database)
        );

    /// <summary>Runs.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="consent">What it may remove.</param>
    /// <param name="signals">End it.</param>
    /// <param name="question">Asks a person what else it may remove; <see langword="null"/> where none is asked.</param>
    public RunResult Run(
        MigrationRequest request,
        Consent consent,
        Signals signals,
        PlanQuestion? question
    )
    {
        var run = new RunSettings(
            settings.LockTimeout,
            settings.StatementTimeout,
            consent,
            choices.KeepRows,
            choices.BackUp && settings.BacksUpRuns ? settings.Backups : null
        )
        {
            Gate = signals,
            DdlLockTimeout = settings.DdlLockTimeout,
        };
        var runner = new MigrationRunner(Database, context.LoadCatalog(), context.Program.Origin);
        var result = Attempt(run);
        while (
            question is { MayBeAsked: true }
            && run.Consent is not { IsToApproved: true }
            && PlanQuestion.ProposalOf(result.Failure) is { } proposal
        )
        {
            var answer = question.Ask(proposal);
            if (answer != Answer.Yes)
            {
                result = result with
                {
                    Failure =
                        answer == Answer.No
                            ? Question.Declined(context.Terminal.Command)
                            : new DataLossRefusedException(proposal),
                };
                break;
            }

            result = Attempt(run with { Consent = Consent.To(proposal) });
        }

        return result.Failure is OperationCanceledException
            ? result with
            {
                Failure = signals.ToFailure(),
            }
            : result;

        RunResult Attempt(RunSettings settings)
        {
            using var observer = new RunNotes(context.Terminal, Database);
            return runner.Run(request, settings, observer, signals.Token);
        }
    }

    /// <summary>Leaves the receipt of a run and reports it.</summary>
    public void Report(RunResult result)
    {
        LeaveReceipt(result);
        RunReport.Write(context.Terminal, Database, result);
    }

    /// <summary>For a run that did not come back: it is not known how far it came, but none of it is committed.</summary>
    public void LeaveReceipt(InterruptedException interrupted) =>
        LeaveReceipt(
            new RunResult(
                UniqueId.New().ToString(),
                _startedAt,
                DateTime.UtcNow - _startedAt,
                Steps: [],
                Warnings: [],
                interrupted
            )
        );

    private void LeaveReceipt(RunResult result) =>
        Receipt.Write(context.Terminal, ReceiptSubject.Of(context.Program, settings), result);
}
