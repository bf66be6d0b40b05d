using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Drifting;

/// <summary>In what a database is not as its applied migrations leave it.</summary>
/// <param name="Differences">What has changed since; empty where nothing has. The first side is what the migrations make.</param>
/// <param name="Notes">What an adoption has noted, which is not a change.</param>
public sealed record DriftReport(
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<ContainmentPoint> Notes
)
{
    /// <summary>The failure that says so; <see langword="null"/> where nothing has changed.</summary>
    public CheckFailedException? ToFailure() =>
        Differences.Count == 0
            ? null
            : new CheckFailedException(
                $"The schema differs in {Count.Of(Differences.Count, "point")} from what the applied migrations make.",
                "Undo what was changed by hand, or write a migration that makes it, so that every database gets it."
            )
            {
                Code = ErrorCode.Drift,
            };
}
