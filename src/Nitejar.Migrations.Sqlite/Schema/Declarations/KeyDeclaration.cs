using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>A PRIMARY KEY or UNIQUE as it is declared.</summary>
/// <param name="Name">The constraint's name; may be <see langword="null"/>.</param>
/// <param name="IsPrimary">Whether it is the primary key.</param>
/// <param name="Parts">Its columns.</param>
internal sealed record KeyDeclaration(string? Name, bool IsPrimary, List<PartDeclaration> Parts)
{
    /// <summary>Whether it is a constraint of its column rather than of the table.</summary>
    public bool IsOfColumn { get; init; }

    /// <summary>Its ON CONFLICT; <see langword="null"/> without one.</summary>
    public ConflictRule? OnConflict { get; init; }
}
