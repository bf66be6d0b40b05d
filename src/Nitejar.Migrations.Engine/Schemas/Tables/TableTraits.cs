using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>What kind of table it is, in the words of all kinds of databases.</summary>
/// <param name="Kind">Where its rows live.</param>
public sealed record TableTraits(TableKind Kind)
{
    /// <summary>An ordinary table without further traits.</summary>
    public static TableTraits Ordinary { get; } = new(TableKind.Ordinary) { HasRowId = true };

    /// <summary>Rows have a number beside their columns, named or not; only tables of SQLite may have none (WITHOUT ROWID).</summary>
    public bool HasRowId { get; init; }

    /// <summary>SQLite: numbers of deleted rows are never used again (AUTOINCREMENT).</summary>
    public bool IsAutoIncrement { get; init; }

    /// <summary>SQLite: columns take only values of their types (STRICT).</summary>
    public bool IsStrict { get; init; }

    /// <summary>The module of a virtual table with its arguments; <see langword="null"/> for any other.</summary>
    public SqlText? Module { get; init; }
}
