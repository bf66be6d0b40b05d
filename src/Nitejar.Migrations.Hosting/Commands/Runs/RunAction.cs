using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary>How far a command may go.</summary>
internal enum Confirmation
{
    /// <summary>Only show what would be done.</summary>
    DryRun,

    /// <summary>Ask before rows are removed, or refuse where there is no terminal.</summary>
    Wanted,

    /// <summary><c>--yes</c>.</summary>
    Given,
}

/// <summary>The choices of the command line beside the request itself.</summary>
/// <param name="Confirmation">How far the command may go.</param>
/// <param name="KeepRows">Whether <c>down</c> archives what it drops and <c>up</c> puts it back.</param>
/// <param name="BackUp">Whether a backup is taken before a run that can lose data.</param>
internal sealed record RunChoices(
    Confirmation Confirmation,
    bool KeepRows = true,
    bool BackUp = true
)
{
    /// <summary>Where a dry run writes its plan; <see langword="null"/> for nowhere.</summary>
    public string? PlanOut { get; init; }

    /// <summary>The file of the plan that is run; <see langword="null"/> for what the request means.</summary>
    public string? PlanFile { get; init; }
}

/// <summary>What <c>up</c>, <c>down</c>, <c>redo</c> and <c>adopt</c> have in common: run, leave a receipt, report.</summary>
internal sealed class RunAction(CommandContext context, string command)
{
    /// <exception cref="MigrateException">Nothing could be planned or shown.</exception>
    public int Execute(MigrationRequest request, CommonOptions options, RunChoices choices)
    {
        var settings = context.Resolve(options);
        var database = context.DatabaseOf(settings);
        request = WithUnit(WithTags(request, settings), settings);
        if (choices.Confirmation == Confirmation.DryRun)
        {
            return Showing.Run(
                context,
                () => Preview(request, settings, database, choices.PlanOut)
            );
        }

        var approved = choices.PlanFile is { } file
            ? new PlanFileReader(file, command).Read()
            : null;
        request = approved is null ? request : WithTags(approved.Request, settings);

        RequireAllowed(request, settings);
        OpenFolder.Warn(context.Terminal, database);
        var startedAt = DateTime.UtcNow;
        using var signals = new Signals(interrupted =>
            ReportWithoutResult(startedAt, settings, database, interrupted)
        );
        var run = new RunSettings(
            settings.LockTimeout,
            settings.StatementTimeout,
            ConsentTo(request, approved, choices),
            choices.KeepRows,
            choices.BackUp && settings.BacksUpRuns ? settings.Backups : null
        )
        {
            Gate = signals,
            DdlLockTimeout = settings.DdlLockTimeout,
        };
        var question = new PlanQuestion(context.Terminal, signals, settings);
        var result = Run(request, run, database, (signals, question));
        var code = result.Failure is { } failure ? ExitCodes.Of(failure) : ExitCode.Success;
        signals.RunEnded(code);
        Receipt.Write(context.Terminal, ReceiptSubject.Of(context.Program, settings), result);
        RunReport.Write(context.Terminal, database, result);
        return (int)code;
    }

    /// <summary>A plan keeps the tags that it was made with where neither option nor environment has any.</summary>
    private static MigrationRequest WithTags(MigrationRequest request, Settings settings) =>
        request is UpRequest up && settings.Tags.Count > 0
            ? up with
            {
                Tags = settings.Tags,
            }
            : request;

    /// <summary>A `redo` and an `adopt` are one thing.</summary>
    private static MigrationRequest WithUnit(MigrationRequest request, Settings settings) =>
        request is UpRequest or DownRequest
            ? request with
            {
                CommitUnit = settings.Transaction,
            }
            : request;

    /// <summary>An `up` never asks: what it removes, its author wrote for everybody who deploys it.</summary>
    private static Consent ConsentTo(
        MigrationRequest request,
        ApprovedPlan? approved,
        RunChoices choices
    )
    {
        var isGiven = choices.Confirmation == Confirmation.Given;
        return approved is not null ? Consent.To(approved, acceptsGrowth: isGiven)
            : isGiven || request is UpRequest ? Consent.ToRequest
            : Consent.NotGiven;
    }

    private ExitCode Preview(
        MigrationRequest request,
        Settings settings,
        IDatabase database,
        string? planOut
    )
    {
        var preview = new DryRun(database, context.LoadCatalog()).Preview(
            request,
            context.ReadingWaits(settings, database)
        );
        if (planOut is not null && preview.Verdict is null)
        {
            PlanFile.Write(planOut, (command, context.Program.Origin()), database, preview);
            context.Terminal.Note($"plan written to {planOut}");
        }

        return DryRunReport.Write(context.Terminal, database, preview);
    }

    /// <summary>For a run that did not come back: it is not known how far it came, but none of it is committed.</summary>
    private void ReportWithoutResult(
        DateTime startedAt,
        Settings settings,
        IDatabase database,
        InterruptedException interrupted
    )
    {
        ErrorReport.Write(context.Terminal, interrupted);
        var result = new RunResult(
            UniqueId.New().ToString(),
            startedAt,
            DateTime.UtcNow - startedAt,
            Steps: [],
            Warnings: [],
            interrupted
        );
        Receipt.Write(context.Terminal, ReceiptSubject.Of(context.Program, settings), result);
    }

    private static void RequireAllowed(MigrationRequest request, Settings settings)
    {
        if (request is not (UpRequest or AdoptRequest) && settings.GuardedBy is { } guard)
        {
            throw new RefusedException(
                $"Environment {guard} does not allow migrations of this database to be reverted (allowDown in migrations.json).",
                "Change allowDown if that is meant, or name another database."
            )
            {
                Code = ErrorCode.DownForbidden,
            };
        }
    }

    private RunResult Run(
        MigrationRequest request,
        RunSettings run,
        IDatabase database,
        (Signals Signals, PlanQuestion Question) person
    )
    {
        var (signals, question) = person;
        var runner = new MigrationRunner(database, context.LoadCatalog(), context.Program.Origin);
        var result = Attempt(run);
        while (
            run.Consent is not { IsToApproved: true }
            && PlanQuestion.ProposalOf(result.Failure) is { } proposal
            && question.MayBeAsked
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
            using var observer = new RunNotes(context.Terminal, database);
            return runner.Run(request, settings, observer, signals.Token);
        }
    }
}
