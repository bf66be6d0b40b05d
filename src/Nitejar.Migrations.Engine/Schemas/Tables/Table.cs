using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>A table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Traits">What kind of table it is.</param>
/// <param name="Columns">In the table's order; empty where they cannot be read.</param>
/// <param name="Definition">The statement that makes it, as the database tells it, without its indexes and triggers.</param>
public sealed record Table(
    ObjectName Name,
    TableTraits Traits,
    IReadOnlyList<Column> Columns,
    string Definition
)
{
    /// <summary>The primary key; <see langword="null"/> without one.</summary>
    public Key? PrimaryKey { get; init; }

    /// <summary>Foreign keys, in the order in which the table declares them.</summary>
    public IReadOnlyList<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>UNIQUE constraints, in the order in which the table declares them.</summary>
    public IReadOnlyList<Key> Uniques { get; init; } = [];

    /// <summary>CHECK constraints, in the order in which the table declares them.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Indexes that a statement of their own makes, in the order of names; those behind a key are not listed.</summary>
    public IReadOnlyList<Index> Indexes { get; init; } = [];

    /// <summary>Triggers, in the order of names.</summary>
    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>Parts that only some kinds of databases have, in the order of kinds and names.</summary>
    public IReadOnlyList<TablePart> OtherParts { get; init; } = [];

    /// <summary>Why the database cannot tell the columns, in its own words; <see langword="null"/> where it can.</summary>
    public string? Unreadable { get; init; }
}
