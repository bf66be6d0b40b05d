namespace Nitejar.Migrations.Engine.Databases.Sessions;

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

    /// <summary>Whether the sequence exists; as stock FluentMigrator has it, never where the kind of database has none.</summary>
    bool SequenceExists(string? schema, string sequence) => false;

    /// <summary>Whether the default of the column contains the value; never where stock FluentMigrator does not ask the kind of database.</summary>
    bool DefaultValueExists(string? schema, string table, string column, string value) => false;

    /// <summary>Reads rows; a value is <see langword="null"/> where the database has NULL.</summary>
    /// <param name="sql">One SELECT, which changes nothing.</param>
    /// <exception cref="NotSupportedException">It is something else.</exception>
    QueryRows Read(string sql);
}

/// <summary>What a SELECT returned.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">As many values each as there are columns.</param>
public sealed record QueryRows(
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows
);
