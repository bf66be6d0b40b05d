using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Constraints;

/// <summary>What an index or a key is sorted by: a column or an expression.</summary>
/// <param name="Column">The column; <see langword="null"/> for an expression.</param>
/// <param name="Expression">The expression; <see langword="null"/> for a column.</param>
public sealed record IndexPart(string? Column, SqlText? Expression)
{
    /// <summary>Whether the order is descending.</summary>
    public bool IsDescending { get; init; }

    /// <summary>The collation; <see langword="null"/> for the default.</summary>
    public string? Collation { get; init; }

    /// <summary>Returns a column in ascending order.</summary>
    public static IndexPart Of(string column) => new(column, null);
}
