namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>A table or a view, as a row of pg_class tells it.</summary>
internal sealed record RelationRow(long Id, string Name, string Kind)
{
    /// <summary>Its storage and security, each as SQL; <see langword="null"/> where it is the usual.</summary>
    public required string? Options { get; init; }

    public required bool IsUnlogged { get; init; }
    public required bool IsRowSecurityOn { get; init; }
    public required bool IsRowSecurityForced { get; init; }

    /// <summary>What rows are distributed by; <see langword="null"/> for a table without partitions.</summary>
    public required string? PartitionKey { get; init; }

    /// <summary>Which rows it holds for its parent; <see langword="null"/> for a table that is not a partition.</summary>
    public required string? PartitionBound { get; init; }

    /// <summary>The tables it inherits from, quoted; <see langword="null"/> for none.</summary>
    public required string? Parents { get; init; }

    /// <summary>The query of a view; <see langword="null"/> for a table.</summary>
    public required string? Query { get; init; }

    /// <summary>Which columns tell a replica the row, as SQL; <see langword="null"/> for those of the key.</summary>
    public required string? ReplicaIdentity { get; init; }

    /// <summary>The server of a foreign table, quoted, with the table's options; <see langword="null"/> for any other.</summary>
    public required string? Server { get; init; }
}

/// <summary>A column, as a row of pg_attribute tells it.</summary>
internal sealed record ColumnRow(long Relation, int Number, string Name)
{
    public required string Type { get; init; }
    public required long TypeId { get; init; }
    public required int TypeModifier { get; init; }
    public required bool IsRequired { get; init; }

    /// <summary><c>a</c> for always, <c>d</c> by default; empty for a column without an identity.</summary>
    public required string Identity { get; init; }

    /// <summary><c>s</c> for stored, <c>v</c> for virtual; empty for an ordinary column.</summary>
    public required string Generated { get; init; }

    /// <summary>The default or the expression of a generated column; <see langword="null"/> for none.</summary>
    public required string? Expression { get; init; }

    /// <summary>The collation, quoted; <see langword="null"/> for that of the type.</summary>
    public required string? Collation { get; init; }

    /// <summary>How its values are kept, where that is not as the type says.</summary>
    public required string? Storage { get; init; }

    /// <summary>Whether the table itself declares it, rather than one that it inherits from.</summary>
    public required bool IsLocal { get; init; }
}

/// <summary>A constraint, as a row of pg_constraint tells it.</summary>
internal sealed record ConstraintRow(long Relation, string Name, string Kind, string Definition)
{
    public required bool IsValidated { get; init; }
    public required bool IsDeferrable { get; init; }
    public required bool IsDeferred { get; init; }

    /// <summary>The numbers of its columns.</summary>
    public required IReadOnlyList<int> Columns { get; init; }

    /// <summary>The table that a foreign key refers to; 0 for another constraint.</summary>
    public required long Parent { get; init; }

    public required string? ParentSchema { get; init; }
    public required string? ParentName { get; init; }
    public required IReadOnlyList<int> ParentColumns { get; init; }

    /// <summary>a, r, c, n or d.</summary>
    public required string OnUpdate { get; init; }

    public required string OnDelete { get; init; }

    /// <summary>Whether the table itself declares it, rather than one that it inherits from or is a partition of.</summary>
    public required bool IsLocal { get; init; }
}

/// <summary>An index that is not behind a constraint, as a row of pg_index tells it.</summary>
internal sealed record IndexRow(long Relation, string Name, string Definition)
{
    public required bool IsUnique { get; init; }
    public required bool IsValid { get; init; }

    /// <summary>The numbers of its columns, those that it only carries along included; 0 for an expression.</summary>
    public required IReadOnlyList<int> Columns { get; init; }

    /// <summary>A bit for a descending order, another for NULLs first.</summary>
    public required IReadOnlyList<int> Options { get; init; }

    /// <summary>Of its columns so many are sorted by.</summary>
    public required int KeyColumns { get; init; }

    /// <summary>What it is sorted by, a text each; empty where it has no expressions.</summary>
    public required IReadOnlyList<string> Expressions { get; init; }

    /// <summary>The collations, empty texts for the default; empty where all have that.</summary>
    public required IReadOnlyList<string> Collations { get; init; }

    /// <summary>Which rows are in it; <see langword="null"/> for all.</summary>
    public required string? Where { get; init; }

    /// <summary>Whether it belongs to an index of the table whose partition this is.</summary>
    public required bool IsOfPartition { get; init; }
}

/// <summary>A part of a table with its definition: a trigger, a policy, a rule or statistics.</summary>
internal sealed record PartRow(long Relation, string Kind, string Name, string Definition)
{
    /// <summary>The kind of a trigger.</summary>
    public const string Trigger = "trigger";
}

/// <summary>A sequence, as a row of pg_sequence tells it.</summary>
internal sealed record SequenceRow(long Id, string Name, string Definition)
{
    /// <summary>The table and column that it is dropped with; 0 for none.</summary>
    public required long Owner { get; init; }

    public required int OwnerColumn { get; init; }

    /// <summary>Whether it is behind an identity column, which makes it.</summary>
    public required bool IsOfIdentity { get; init; }
}

/// <summary>A function, a procedure or a type with its definition.</summary>
internal sealed record ObjectRow(long Id, string Kind, string Name, string Definition);

/// <summary>A comment.</summary>
/// <param name="Relation">The table or view that it belongs to; 0 for none.</param>
/// <param name="Target">What it describes, as COMMENT ON writes it.</param>
/// <param name="Text">The comment as a literal.</param>
internal sealed record CommentRow(long Relation, string Target, string Text);
