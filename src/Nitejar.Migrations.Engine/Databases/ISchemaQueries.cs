namespace Nitejar.Migrations.Engine.Databases;

/// <summary>What a migration may ask a database while it is evaluated (<c>Schema.Table("x").Exists()</c>).</summary>
public interface ISchemaQueries
{
    /// <summary>Whether the schema exists.</summary>
    bool SchemaExists(string schema);

    /// <summary>Whether the table exists; <paramref name="schema"/> may be <see langword="null"/>.</summary>
    bool TableExists(string? schema, string table);

    /// <summary>Whether the table has the column.</summary>
    bool ColumnExists(string? schema, string table, string column);

    /// <summary>Whether the table has the constraint.</summary>
    bool ConstraintExists(string? schema, string table, string constraint);

    /// <summary>Whether the table has the index.</summary>
    bool IndexExists(string? schema, string table, string index);
}
