using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>What a run may take away, and of which plan.</summary>
public abstract record Consent
{
    private Consent() { }

    /// <summary>Nothing: a run that takes something away is refused, and says what it would take.</summary>
    public static Consent NotGiven { get; } = new ToNothing();

    /// <summary>To whatever the request means once the run holds the lock.</summary>
    public static Consent ToRequest { get; } = new ToAnything();

    /// <summary>To what somebody was shown: the same steps with the same SQL, and no more than that taken away.</summary>
    public static Consent To(Proposal shown) => new ToShown(shown);

    /// <summary>The one place that decides, when everything is executed and nothing is committed.</summary>
    /// <exception cref="PlanChangedException">Other steps, or other SQL, than was allowed.</exception>
    /// <exception cref="DataLossRefusedException">More is taken away than was allowed.</exception>
    internal abstract void Require(Proposal proposed);

    /// <summary>Whether what is known of a plan before it is executed speaks for it.</summary>
    internal virtual bool MayCover(MigrationPlan plan) => true;

    /// <summary>What was shown of a step; <see langword="null"/> where nothing was.</summary>
    internal virtual StepDigest? ShownAt(int index) => null;

    private sealed record ToNothing : Consent
    {
        internal override void Require(Proposal proposed)
        {
            if (proposed.Losses.Count > 0 || proposed.Doubts.Count > 0)
            {
                throw new DataLossRefusedException(proposed);
            }
        }
    }

    private sealed record ToAnything : Consent
    {
        internal override void Require(Proposal proposed) { }
    }

    private sealed record ToShown(Proposal Shown) : Consent
    {
        internal override void Require(Proposal proposed)
        {
            if (!Shown.Plan.Covers(proposed.Plan))
            {
                throw new PlanChangedException(proposed, Shown);
            }

            if (!Shown.CoversLossesOf(proposed))
            {
                throw new DataLossRefusedException(proposed, Shown);
            }
        }

        internal override bool MayCover(MigrationPlan plan) => Shown.Plan.HasStepsOf(plan);

        internal override StepDigest? ShownAt(int index) =>
            index < Shown.Plan.Steps.Count ? Shown.Plan.Steps[index] : null;
    }
}
