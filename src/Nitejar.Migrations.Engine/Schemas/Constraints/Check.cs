using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>A CHECK constraint.</summary>
/// <param name="Name">Its name; <see langword="null"/> without one.</param>
/// <param name="Expression">The condition, without the parentheses around it.</param>
public sealed record Check(string? Name, SqlText Expression)
{
    /// <summary>Whether it holds for the rows that were there before it, too.</summary>
    public bool IsValidated { get; init; } = true;
}
