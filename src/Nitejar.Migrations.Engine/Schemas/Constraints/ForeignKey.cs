using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>A foreign key.</summary>
/// <param name="Columns">The referring columns.</param>
/// <param name="Table">The table they refer to, which need not exist.</param>
/// <param name="Referenced">
/// The columns they refer to: where the declaration omits them, the parent's primary key; empty where there is none.
/// </param>
public sealed record ForeignKey(
    IReadOnlyList<string> Columns,
    ObjectName Table,
    IReadOnlyList<string> Referenced
)
{
    /// <summary>The constraint's name; <see langword="null"/> without one.</summary>
    public string? Name { get; init; }

    /// <summary>What deleting the parent does.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>What changing the parent's key does.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }

    /// <summary>Whether it holds for the rows that were there before it, too.</summary>
    public bool IsValidated { get; init; } = true;
}
