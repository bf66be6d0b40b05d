using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Writes the SQL that makes a schema in an empty database of the same kind.</summary>
public static class SchemaScript
{
    /// <summary>
    /// Returns the statements, each with its semicolon, in an order in which they can be executed. Leaves out the tables
    /// that a virtual table makes by itself; where the database cannot tell which they are, a comment says so.
    /// </summary>
    /// <param name="schema">The schema.</param>
    /// <param name="provider">The kind of database that it was read from.</param>
    public static IReadOnlyList<string> Of(DatabaseSchema schema, DatabaseProvider provider)
    {
        var unreadable = schema.Tables.Where(table => table.Unreadable is not null).ToArray();
        var tables = schema
            .Tables.Where(table =>
                table.Traits.Kind != TableKind.Shadow
                && !unreadable.Any(other => MayHaveMade(other, table))
            )
            .ToArray();
        var dialect = new Lazy<SqlDialect>(() => SqlDialect.For(provider));
        return
        [
            .. schema.Sequences.Select(sequence => End(sequence.Definition.Raw)),
            .. tables.SelectMany(table =>
                table
                    .Indexes.Select(index => End(index.Definition))
                    .Prepend(NoteOn(table) + End(table.Definition))
            ),
            .. schema.Views.Select(view => End(view.Definition.Raw)),
            .. tables
                .SelectMany(table => table.Triggers)
                .Concat(schema.Views.SelectMany(view => view.Triggers))
                .Select(trigger => End(trigger.Definition.Raw)),
        ];

        string End(string sql) =>
            MayEndInComment(sql) ? SqlTerminator.Terminate(sql, dialect.Value) : sql + ";";
    }

    /// <summary>Guesses by its name whether the virtual table made the other one.</summary>
    private static bool MayHaveMade(Table unreadable, Table other) =>
        other.Name.Name.StartsWith(unreadable.Name.Name + "_", StringComparison.OrdinalIgnoreCase);

    private static string NoteOn(Table table) =>
        table.Unreadable is { } why
            ? $"-- {OneLine(table.Name.Name)} cannot be read here: {OneLine(why)}. It makes tables of its own, so those whose names begin with {OneLine(table.Name.Name)}_ are left out.\n"
            : "";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static bool MayEndInComment(string sql) =>
        sql.EndsWith(';')
        || sql.Contains("--", StringComparison.Ordinal)
        || sql.Contains("/*", StringComparison.Ordinal);
}
