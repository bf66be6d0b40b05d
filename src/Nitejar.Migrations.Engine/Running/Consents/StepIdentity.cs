using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>Says what a step is that is about to be executed, so that it can be compared with what was shown.</summary>
internal sealed class StepIdentity(
    Consent consent,
    Func<PlanStep, MigrationScript> evaluate,
    CancellationToken cancellation
)
{
    /// <summary>More than a second by a margin for the timer: what a class takes from the clock is often whole seconds.</summary>
    private static readonly TimeSpan AnotherSecond = TimeSpan.FromSeconds(1.1);

    /// <param name="step">The step.</param>
    /// <param name="index">Its number in the plan, from 0.</param>
    /// <param name="script">What it will execute.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public StepDigest Of(PlanStep step, int index, MigrationScript script)
    {
        var digest = StepDigest.Of(step, script);
        if (consent == Consent.ToRequest || step.Known is not { } known)
        {
            return digest;
        }

        digest = digest with { OfClass = known.DigestOfClass() };
        return
            consent.ShownAt(index) is { } shown
            && (shown.Digest == digest.OfClass || (!shown.Covers(digest) && Varies(step, script)))
            ? digest with
            {
                Digest = digest.OfClass,
            }
            : digest;
    }

    /// <summary>
    /// Whether the class makes another text each time (<c>Guid.NewGuid()</c>, <c>DateTime.UtcNow</c>), though the
    /// database is the same: such a text can never be the one that was shown.
    /// </summary>
    private bool Varies(PlanStep step, MigrationScript script)
    {
        cancellation.WaitHandle.WaitOne(AnotherSecond);
        cancellation.ThrowIfCancellationRequested();
        return evaluate(step).Sql != script.Sql;
    }
}
