namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>What a database looks like, in the order of names.</summary>
/// <param name="Tables">Tables, without the database's and the migrator's own.</param>
/// <param name="OtherObjects">Views and triggers.</param>
public sealed record DatabaseSchema(
    IReadOnlyList<TableSchema> Tables,
    IReadOnlyList<SchemaObject> OtherObjects
);

/// <summary>A table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">In the table's order.</param>
/// <param name="PrimaryKey">Columns of the primary key in its order; empty without one.</param>
/// <param name="ForeignKeys">By their first column.</param>
/// <param name="Indexes">Indexes made by a statement of their own; those behind a primary key or UNIQUE are not listed.</param>
/// <param name="Sql">The statement that makes it.</param>
public sealed record TableSchema(
    string Name,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyList<string> PrimaryKey,
    IReadOnlyList<ForeignKeySchema> ForeignKeys,
    IReadOnlyList<IndexSchema> Indexes,
    string Sql
);

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">As declared.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="Default">An SQL expression, or <see langword="null"/>.</param>
public sealed record ColumnSchema(string Name, string Type, bool IsNullable, string? Default);

/// <summary>A foreign key.</summary>
/// <param name="Columns">The referring columns.</param>
/// <param name="ReferencedTable">The table they refer to.</param>
/// <param name="ReferencedColumns">The columns they refer to.</param>
/// <param name="OnDelete">What deleting the parent does, in SQL's words.</param>
/// <param name="OnUpdate">What changing the parent's key does, in SQL's words.</param>
public sealed record ForeignKeySchema(
    IReadOnlyList<string> Columns,
    string ReferencedTable,
    IReadOnlyList<string> ReferencedColumns,
    string OnDelete,
    string OnUpdate
);

/// <summary>An index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">In the index's order; an expression appears as such.</param>
/// <param name="IsUnique">Whether it refuses duplicates.</param>
/// <param name="Sql">The statement that makes it; <see langword="null"/> where the table's statement does.</param>
public sealed record IndexSchema(
    string Name,
    IReadOnlyList<string> Columns,
    bool IsUnique,
    string? Sql
);

/// <summary>A view or a trigger.</summary>
/// <param name="Kind"><c>view</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">The statement that makes it.</param>
public sealed record SchemaObject(string Kind, string Name, string Sql);
