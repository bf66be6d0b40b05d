using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsNullable">Whether NULL is allowed by the declaration. An INTEGER PRIMARY KEY of SQLite without NOT NULL is nullable: NULL gives it the next number.</param>
public sealed record Column(string Name, ColumnType Type, bool IsNullable)
{
    /// <summary>The default; <see langword="null"/> without one.</summary>
    public SqlText? Default { get; init; }

    /// <summary>The expression of a generated column; <see langword="null"/> for any other.</summary>
    public GeneratedValue? Generated { get; init; }

    /// <summary>Whether the database numbers it: an INTEGER PRIMARY KEY of SQLite, an identity or serial column of other kinds.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Who may number it, where <see cref="IsIdentity"/>.</summary>
    public IdentityKind Identity { get; init; }

    /// <summary>How its numbers are chosen, as SQL: where they begin and end, and the steps between; <see langword="null"/> where there is nothing to choose.</summary>
    public SqlText? Numbers { get; init; }

    /// <summary>The collation; <see langword="null"/> for the default.</summary>
    public string? Collation { get; init; }

    /// <summary>What happens to a row with NULL if the column is not nullable.</summary>
    public ConflictRule OnNull { get; init; }
}
