using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>What a database looks like, without the database's and the migrator's own objects.</summary>
/// <param name="Tables">In the order of names.</param>
/// <param name="Views">In the order of names.</param>
/// <param name="Sequences">Those that are objects of their own, in the order of names.</param>
public sealed record DatabaseSchema(
    IReadOnlyList<Table> Tables,
    IReadOnlyList<View> Views,
    IReadOnlyList<Sequence> Sequences
)
{
    /// <summary>Functions, procedures and aggregates, in the order of names and arguments.</summary>
    public IReadOnlyList<SchemaObject> Routines { get; init; } = [];

    /// <summary>Types, in the order of names.</summary>
    public IReadOnlyList<SchemaObject> Types { get; init; } = [];

    /// <summary>The schema of an empty database.</summary>
    public static DatabaseSchema Empty { get; } = new([], [], []);
}
