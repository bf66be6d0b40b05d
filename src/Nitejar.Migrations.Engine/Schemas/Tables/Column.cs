using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="IsNullable">Whether it takes NULL, as its declaration says; a column that gets a number in place of NULL is nullable.</param>
public sealed record Column(string Name, ColumnType Type, bool IsNullable)
{
    /// <summary>What it gets where an insert omits it; <see langword="null"/> for NULL.</summary>
    public SqlText? Default { get; init; }

    /// <summary>What it is computed from; <see langword="null"/> for a column that is stored as given.</summary>
    public GeneratedValue? Generated { get; init; }

    /// <summary>Whether the database numbers it: an INTEGER PRIMARY KEY of SQLite, an identity or serial column elsewhere.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>How it compares texts; <see langword="null"/> for the database's own way.</summary>
    public string? Collation { get; init; }

    /// <summary>What happens to a row with NULL where the column is not nullable.</summary>
    public ConflictRule OnNull { get; init; }
}
