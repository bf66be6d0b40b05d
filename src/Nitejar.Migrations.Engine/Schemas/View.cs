using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>A view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The statement that makes it.</param>
/// <param name="Triggers">In the order of names.</param>
public sealed record View(ObjectName Name, SqlText Definition, IReadOnlyList<Trigger> Triggers)
{
    /// <summary>Indexes of a view that keeps its rows, in the order of names.</summary>
    public IReadOnlyList<Tables.Index> Indexes { get; init; } = [];

    /// <inheritdoc cref="Table.OtherParts"/>
    public IReadOnlyList<TablePart> OtherParts { get; init; } = [];
}
