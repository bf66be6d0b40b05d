namespace Nitejar.Migrations.Engine.Trust.Containing.Points;

/// <summary>What a point means for a database that is to be taken over.</summary>
public enum PointLevel
{
    /// <summary>It is taken over all the same.</summary>
    Note,

    /// <summary>It is not: it takes less than migrations make, or guarantees less.</summary>
    Refusal,
}

/// <summary>A point in which a database is not as migrations make it.</summary>
/// <param name="Subject">Where: <c>column agents.name</c>.</param>
/// <param name="Expected">What migrations make, in SQL's words; <see langword="null"/> where they make nothing.</param>
/// <param name="Found">What is there, in SQL's words; <see langword="null"/> where nothing is.</param>
/// <param name="Level">What it means.</param>
public sealed record ContainmentPoint(
    string Subject,
    string? Expected,
    string? Found,
    PointLevel Level
)
{
    /// <summary>The point as a line for people.</summary>
    public override string ToString() =>
        $"{Subject}: expected {Expected ?? "nothing"}, found {Found ?? "nothing"}";
}
