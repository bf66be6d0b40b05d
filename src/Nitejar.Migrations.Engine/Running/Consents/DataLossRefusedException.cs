using Nitejar.Migrations.Engine.Rows;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>The run would take rows away, and that was not allowed. Nothing was changed.</summary>
/// <param name="proposed">What it would do.</param>
/// <param name="shown">What was allowed, which is less; <see langword="null"/> where nothing was.</param>
public sealed class DataLossRefusedException(Proposal proposed, Proposal? shown = null)
    : RefusedException(
        (proposed.Losses.Count, shown) switch
        {
            (0, null) when proposed.Doubts.Count > 0 => $"{string.Join("; ", proposed.Doubts)}.",
            (0, _) => $"This would {proposed.Plan.ToWords()}, which was not allowed.",
            (_, null) when proposed.Doubts.Count > 0 =>
                $"This would remove rows: {string.Join(", ", proposed.Losses)}. {string.Join("; ", proposed.Doubts)}.",
            (_, null) => $"This would remove rows: {string.Join(", ", proposed.Losses)}.",
            _ =>
                $"This would remove more rows than were shown: {string.Join(", ", proposed.Losses)}.",
        },
        proposed.NextStep
    )
{
    /// <inheritdoc />
    public override ErrorCode? Code =>
        Proposed.Losses.Count > 0 ? ErrorCode.RowsWouldBeLost : ErrorCode.Refused;

    /// <summary>What the run would do.</summary>
    public Proposal Proposed { get; } = proposed;

    /// <summary>Which rows.</summary>
    public IReadOnlyList<DataLoss> Losses => Proposed.Losses;
}
