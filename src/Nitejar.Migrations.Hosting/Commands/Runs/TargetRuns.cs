using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Commands.Targets;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Targets;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>up</c> and <c>down</c> in several schemas: the run of each is the same as alone, a person is asked once for all.</summary>
internal sealed class TargetRuns(CommandContext context, Settings settings, RunChoices choices)
{
    private readonly bool _isDryRun = choices.Confirmation == Confirmation.DryRun;
    private DatabaseRun? _present;

    /// <summary>Runs, or shows what would be done.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="pattern">Chooses the schemas.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="MigrateException">Nothing was begun in any of them.</exception>
    public int Execute(MigrationRequest request, string pattern)
    {
        RequireReceipts();
        var report = new TargetReport(pattern) { Prefix = _isDryRun ? "-- " : "" };
        using var loop = new TargetLoop(context, settings, report, pattern)
        {
            OnGivingUp = interrupted => _present?.LeaveReceipt(interrupted),
        };
        var isAsked =
            choices.Confirmation == Confirmation.Wanted
            && request is DownRequest
            && Question.CanAsk(context.Terminal);
        var plans =
            isAsked || TargetPlans.IsRelative(request)
                ? loop.Signals.WithNothingToUndo(() =>
                    TargetPlans.Read(context, request, loop.Targets)
                )
                : null;
        if (TargetPlans.IsRelative(request))
        {
            plans!.RequireSame();
        }

        if (_isDryRun)
        {
            var code = loop.Run(target =>
                loop.Signals.WithNothingToUndo(() => Preview(request, target))
            );
            context.Terminal.RequireShown(code);
            return code;
        }

        var isAllowed = isAsked && Ask(loop, plans!);
        return loop.Run(target =>
        {
            var plan = plans?.All[target.Index];
            var consent = isAllowed ? Consent.To(plan!.Shown) : choices.ConsentTo(request);
            return Run(loop, target, plan?.Request ?? request, consent);
        });
    }

    /// <summary>One file would be left with what the last one said, whatever came before.</summary>
    private void RequireReceipts()
    {
        if (!_isDryRun && settings.Receipt is { IsFolder: false })
        {
            throw new InvalidRequestException(
                $"{ReceiptSubject.Variable} names one file, and each schema leaves a receipt.",
                "Unset it, and set receiptDirectory in migrations.json."
            );
        }
    }

    /// <summary>Asks once for all; where none has anything to revert, there is nothing to ask.</summary>
    /// <exception cref="RefusedException">The answer was no.</exception>
    private bool Ask(TargetLoop loop, TargetPlans plans)
    {
        if (plans.Routes.Count == 0)
        {
            return true;
        }

        var answer = loop.Signals.WithNothingToUndo(() =>
            TargetQuestion.Ask(context.Terminal, settings, plans)
        );
        return answer == Answer.No
            ? throw Question.Declined(context.Terminal.Command)
            : answer == Answer.Yes;
    }

    private TargetOutcome Preview(MigrationRequest request, Target target)
    {
        var run = new DatabaseRun(context, target.Settings, choices);
        var preview = run.Preview(request);
        DryRunReport.Write(context.Terminal, run.Database, preview);
        return TargetOutcome.Of(preview);
    }

    private TargetOutcome Run(
        TargetLoop loop,
        Target target,
        MigrationRequest request,
        Consent consent
    )
    {
        _present = new DatabaseRun(context, target.Settings, choices);
        var result = _present.Run(request, consent, loop.Signals, question: null);
        _present.Report(result);
        return TargetOutcome.Of(result);
    }
}
