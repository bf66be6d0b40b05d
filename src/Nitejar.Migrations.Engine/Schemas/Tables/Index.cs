using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>An index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">What it is sorted by.</param>
/// <param name="IsUnique">Whether it refuses duplicates.</param>
/// <param name="Definition">The statement that makes it.</param>
public sealed record Index(
    string Name,
    IReadOnlyList<IndexPart> Parts,
    bool IsUnique,
    string Definition
)
{
    /// <summary>Which rows are in it; <see langword="null"/> for all.</summary>
    public SqlText? Where { get; init; }

    /// <summary>
    /// What else it is made with, as SQL, such as another method than the usual one, classes of operators, columns that it
    /// only carries along, or another place for NULL; <see langword="null"/> for nothing.
    /// </summary>
    public SqlText? Special { get; init; }

    /// <summary>Whether the database uses it and keeps it complete; one whose making was interrupted may not be.</summary>
    public bool IsValid { get; init; } = true;
}
