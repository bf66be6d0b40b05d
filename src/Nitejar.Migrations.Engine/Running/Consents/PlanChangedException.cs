namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>The run would do something else than what was shown and allowed. Nothing was changed.</summary>
/// <param name="proposed">What it would do.</param>
/// <param name="shown">What was allowed.</param>
public sealed class PlanChangedException(Proposal proposed, Proposal shown)
    : CheckFailedException(
        proposed.Plan.HasStepsOf(shown.Plan)
            ? $"The SQL has changed since the question: {string.Join(", ", shown.Plan.DifferencesTo(proposed.Plan))}."
            : $"The database has changed since the question: this would {proposed.Plan.ToWords()}, and what was shown was to {shown.Plan.ToWords()}.",
        proposed.NextStep
    )
{
    /// <inheritdoc />
    public override ErrorCode? Code => ErrorCode.PlanChanged;

    /// <summary>What the run would do.</summary>
    public Proposal Proposed { get; } = proposed;
}
