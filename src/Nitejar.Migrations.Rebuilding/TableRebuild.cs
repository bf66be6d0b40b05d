namespace Nitejar.Migrations.Rebuilding;

/// <summary>How a table of SQLite is to be made again with its rows. Names are given without quotes.</summary>
public sealed record TableRebuild
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>Columns and constraints as they stand between the parentheses of CREATE TABLE.</summary>
    public required string Definition { get; init; }

    /// <summary>What the columns of the new table get. A column that is not here gets its default.</summary>
    public required IReadOnlyList<CopiedColumn> Copy { get; init; }

    /// <summary>Columns of the old table whose values are to go. The rest must be copied or used by an expression.</summary>
    public IReadOnlyList<string> DropColumns { get; init; } = [];

    /// <summary>Indexes and triggers of the old table that are not to be made again.</summary>
    public IReadOnlyList<string> DropObjects { get; init; } = [];

    /// <summary>What stands behind the parentheses: <c>STRICT</c>, <c>WITHOUT ROWID</c>.</summary>
    public string Options { get; init; } = "";
}

/// <summary>A column of the new table and where its values come from.</summary>
/// <param name="Name">The column.</param>
/// <param name="Expression">SQL over a row of the old table; <see langword="null"/> for the old column of the same name.</param>
public readonly record struct CopiedColumn(string Name, string? Expression)
{
    /// <summary>The column of the same name, unchanged.</summary>
    public static implicit operator CopiedColumn(string name) => new(name, Expression: null);

    /// <summary>The value of an expression: <c>("status", "coalesce(status, 'idle')")</c>.</summary>
    public static implicit operator CopiedColumn((string Name, string Expression) column) =>
        new(column.Name, column.Expression);
}
