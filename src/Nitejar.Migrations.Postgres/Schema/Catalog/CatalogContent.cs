namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>What the catalogs say of a schema, or of one table of it.</summary>
internal sealed record CatalogContent
{
    /// <summary>Tables and views, in the order of names.</summary>
    public required List<RelationRow> Relations { get; init; }

    /// <summary>In the order of their tables and of their numbers.</summary>
    public required ILookup<long, ColumnRow> Columns { get; init; }

    /// <summary>In the order of names.</summary>
    public required ILookup<long, ConstraintRow> Constraints { get; init; }

    /// <summary>The names of columns that foreign keys refer to, by table and number.</summary>
    public required IReadOnlyDictionary<(long Table, int Number), string> Referred { get; init; }

    /// <summary>In the order of names.</summary>
    public required ILookup<long, IndexRow> Indexes { get; init; }

    /// <summary>In the order of kinds and names.</summary>
    public required ILookup<long, PartRow> Parts { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<SequenceRow> Sequences { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<ObjectRow> Routines { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<ObjectRow> Types { get; init; }

    /// <summary>By the tables that they belong to.</summary>
    public required ILookup<long, CommentRow> Comments { get; init; }

    /// <summary>The sequences behind columns, by table and number.</summary>
    public ILookup<(long Table, int Number), SequenceRow> Counters { get; init; } =
        Enumerable.Empty<SequenceRow>().ToLookup(_ => (0L, 0));

    /// <summary>The schema as SQL writes it.</summary>
    public required string QuotedSchema { get; init; }
}
