using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema.Declarations;

/// <summary>A PRIMARY KEY or UNIQUE as it is declared.</summary>
/// <param name="Name">The constraint's name; may be <see langword="null"/>.</param>
/// <param name="IsPrimary">Which of the two.</param>
/// <param name="Parts">Its columns.</param>
internal sealed record KeyDeclaration(string? Name, bool IsPrimary, List<PartDeclaration> Parts)
{
    /// <summary>Whether it stands with its column, and not behind all columns.</summary>
    public bool IsOfColumn { get; init; }

    /// <summary>What its ON CONFLICT says; <see langword="null"/> without one.</summary>
    public ConflictRule? OnConflict { get; init; }
}
