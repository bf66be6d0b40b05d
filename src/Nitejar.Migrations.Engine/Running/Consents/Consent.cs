using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>What a run may remove, and of which plan.</summary>
public abstract record Consent
{
    private Consent() { }

    /// <summary>Nothing: a run that takes something away is refused, and says what it would take.</summary>
    public static Consent NotGiven { get; } = new ToNothing();

    /// <summary>To whatever the request means once the run holds the lock.</summary>
    public static Consent ToRequest { get; } = new ToAnything();

    /// <summary>To what was shown: the same steps with the same SQL, and no more than that removed.</summary>
    public static Consent To(Proposal shown) => new ToShown(shown);

    /// <summary>To a plan that was written down.</summary>
    /// <param name="approved">The plan.</param>
    /// <param name="acceptsGrowth">Whether more may be removed than the plan says.</param>
    public static Consent To(ApprovedPlan approved, bool acceptsGrowth = false) =>
        new ToApproved(approved, acceptsGrowth);

    /// <summary>Whether it is to a plan that was written down, beside which no question is asked.</summary>
    public virtual bool IsToApproved => false;

    /// <summary>Compares what is about to be executed with what was allowed, as far as that can be told before.</summary>
    /// <param name="prepared">The plan, or what is left of it.</param>
    /// <param name="done">How many steps are committed already.</param>
    /// <param name="basis">What it is made for; asked only where it is compared.</param>
    /// <exception cref="CheckFailedException">It is another plan, or made for something else.</exception>
    internal virtual void RequirePrepared(
        PreparedPlan prepared,
        int done,
        Func<PlanBasis> basis
    ) { }

    /// <summary>The one place that decides, when everything is executed and nothing is committed.</summary>
    /// <exception cref="PlanChangedException">Other steps, or other SQL, than was allowed.</exception>
    /// <exception cref="DataLossRefusedException">More is removed than was allowed.</exception>
    internal abstract void Require(Proposal proposed);

    /// <summary>Whether a step without a transaction may be executed, which cannot be tried before.</summary>
    internal virtual bool AllowsUntried => false;

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
        internal override bool AllowsUntried => true;

        internal override void Require(Proposal proposed) { }
    }

    private sealed record ToApproved(ApprovedPlan Approved, bool AcceptsGrowth) : Consent
    {
        private const string NextStep =
            "Make a new plan with `--dry-run --out FILE`, and review it.";

        public override bool IsToApproved => true;

        internal override bool AllowsUntried => true;

        internal override void RequirePrepared(
            PreparedPlan prepared,
            int done,
            Func<PlanBasis> basis
        )
        {
            var rest = new Fingerprint([.. Approved.Plan.Steps.Skip(done)]);
            if (!rest.HasStepsOf(prepared.Plan))
            {
                throw Stale(
                    $"it would {Approved.Plan.ToWords()}, and now this would {Fingerprint.Of(prepared).ToWords()}"
                );
            }

            if (done == 0 && Approved.Basis.DifferenceTo(basis()) is { } difference)
            {
                throw Stale(difference);
            }
        }

        internal override void Require(Proposal proposed)
        {
            // A run that is divided has executed a part of it.
            var sofar = new Fingerprint([.. Approved.Plan.Steps.Take(proposed.Plan.Steps.Count)]);
            if (!sofar.Covers(proposed.Plan))
            {
                throw Stale(
                    $"other SQL would be executed for {string.Join(", ", sofar.DifferencesTo(proposed.Plan))}"
                );
            }

            if (!AcceptsGrowth && proposed.Doubts.Count > 0)
            {
                throw new DataLossRefusedException(proposed);
            }

            var shown = new Proposal(Approved.Plan, Approved.Losses, proposed.Command);
            if (!AcceptsGrowth && !shown.CoversLossesOf(proposed))
            {
                throw new DataLossRefusedException(proposed, shown);
            }
        }

        internal override StepDigest? ShownAt(int index) =>
            index < Approved.Plan.Steps.Count ? Approved.Plan.Steps[index] : null;

        private static CheckFailedException Stale(string why) =>
            new($"The plan is stale: {why}.", NextStep) { Code = ErrorCode.PlanChanged };
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
