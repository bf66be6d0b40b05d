using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>The database has objects of the migrations, and they are not as any of them makes them. Nothing was changed.</summary>
/// <param name="nearest">The last of the migrations to which the database is nearest.</param>
/// <param name="points">In what it differs from them, notes included.</param>
/// <param name="histories">What other tools say of it.</param>
public sealed class AdoptionRefusedException(
    MigrationId nearest,
    IReadOnlyList<ContainmentPoint> points,
    IReadOnlyList<OtherHistory> histories
)
    : RefusedException(
        $"The database cannot be adopted. It is nearest to what the migrations up to {nearest} make, and differs from it in {Engine.Count.Of(points.Count(IsRefusal), "point")}.{OtherHistories.ToSentence(histories)}",
        "Let the tool that made these objects change them as expected, and look at `adopt --dry-run` again. Nothing has to be done about notes."
    )
{
    /// <inheritdoc />
    public override ErrorCode? Code { get; init; } = ErrorCode.AdoptionRefused;

    /// <summary>In what the database differs, notes included.</summary>
    public IReadOnlyList<ContainmentPoint> Points { get; } = points;

    /// <summary>The points as lines, those that refuse first.</summary>
    internal static string ToLines(IReadOnlyList<ContainmentPoint> points) =>
        string.Join(
            '\n',
            points
                .OrderByDescending(point => point.Level)
                .Select(point => $"{(IsRefusal(point) ? "refused" : "note")}: {point}")
        );

    private static bool IsRefusal(ContainmentPoint point) => point.Level == PointLevel.Refusal;
}
