namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>A difference between two schemas.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Path">Where.</param>
/// <param name="Before">What it is on the first side, in SQL's words; <see langword="null"/> where it is not there.</param>
/// <param name="After">What it is on the second side, in SQL's words; <see langword="null"/> where it is not there.</param>
public sealed record Difference(
    DifferenceKind Kind,
    SchemaPath Path,
    string? Before,
    string? After
);
