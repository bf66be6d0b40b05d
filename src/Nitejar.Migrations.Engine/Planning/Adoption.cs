using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>What a database has already of the migrations that are not applied, as an adoption records it.</summary>
/// <param name="Migrations">Those whose objects are there, in their order; may be empty.</param>
/// <param name="Notes">In what the objects are not as the migrations make them.</param>
internal sealed record Adoption(
    IReadOnlyList<KnownMigration> Migrations,
    IReadOnlyList<ContainmentPoint> Notes
)
{
    /// <summary>The SQL that makes the objects as they are; empty for nothing.</summary>
    public string FoundSchema { get; init; } = "";

    /// <summary>The names of those tables and views, as the migrations spell them.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>Nothing is there.</summary>
    public static Adoption OfNothing { get; } = new([], []);
}
