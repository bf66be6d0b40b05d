using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary>What <c>up</c>, <c>down</c>, <c>redo</c> and <c>adopt</c> have in common: run, leave a receipt, report.</summary>
internal sealed class RunAction(CommandContext context, string command)
{
    /// <exception cref="MigrateException">Nothing could be planned or shown.</exception>
    public int Execute(MigrationRequest request, CommonOptions options, RunChoices choices)
    {
        context.Terminal.HasTargets = choices.TargetSchemas is not null;
        var settings = context.Resolve(options);
        request = WithUnit(WithTags(request, settings), settings);
        if (choices.TargetSchemas is { } pattern)
        {
            RequireAllowed(request, settings, choices);
            return new TargetRuns(context, settings, choices).Execute(request, pattern);
        }

        if (choices.Confirmation == Confirmation.DryRun)
        {
            return Showing.Run(context, () => Preview(request, settings, choices));
        }

        var approved = choices.PlanFile is { } file
            ? new PlanFileReader(file, command).Read()
            : null;
        request = approved is null ? request : WithTags(approved.Request, settings);

        RequireAllowed(request, settings, choices);
        return Run(request, ConsentTo(request, approved, choices), settings, choices);
    }

    private int Run(
        MigrationRequest request,
        Consent consent,
        Settings settings,
        RunChoices choices
    )
    {
        var run = new DatabaseRun(context, settings, choices);
        OpenFolder.Warn(context.Terminal, run.Database);
        using var signals = new Signals(interrupted =>
        {
            ErrorReport.Write(context.Terminal, interrupted);
            run.LeaveReceipt(interrupted);
        });
        var result = run.Run(
            request,
            consent,
            signals,
            new PlanQuestion(context.Terminal, signals, settings)
        );
        var code = Ending.Of(result.Failure).Code;
        signals.RunEnded(code);
        run.Report(result);
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

    private static Consent ConsentTo(
        MigrationRequest request,
        ApprovedPlan? approved,
        RunChoices choices
    ) =>
        approved is null
            ? choices.ConsentTo(request)
            : Consent.To(approved, acceptsGrowth: choices.Confirmation == Confirmation.Given);

    private ExitCode Preview(MigrationRequest request, Settings settings, RunChoices choices)
    {
        var run = new DatabaseRun(context, settings, choices);
        var preview = run.Preview(request);
        if (choices.PlanOut is { } planOut && preview.Verdict is null)
        {
            PlanFile.Write(planOut, (command, context.Program.Origin()), run.Database, preview);
            context.Terminal.Note($"plan written to {planOut}");
        }

        return DryRunReport.Write(context.Terminal, run.Database, preview);
    }

    private static void RequireAllowed(
        MigrationRequest request,
        Settings settings,
        RunChoices choices
    )
    {
        if (
            choices.Confirmation != Confirmation.DryRun
            && request is not (UpRequest or AdoptRequest)
            && settings.GuardedBy is { } guard
        )
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
}
