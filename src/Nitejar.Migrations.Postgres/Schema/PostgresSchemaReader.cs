using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Reads what a schema looks like from the server's catalogs. Names in it are written without it.</summary>
internal static class PostgresSchemaReader
{
    /// <summary>Reads everything but the migrator's own objects and those of extensions.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="versionTable">The table of applied versions, which is left out; <see langword="null"/> where another schema has it.</param>
    public static DatabaseSchema ReadSchema(
        NpgsqlConnection connection,
        string schema,
        string? versionTable
    )
    {
        var catalog = CatalogReader.ReadAll(connection, schema, versionTable);
        return new DatabaseSchema(
            [
                .. catalog
                    .Relations.Where(IsTable)
                    .Select(table => PostgresTableBuilder.Build(catalog, schema, table)),
            ],
            [
                .. catalog
                    .Relations.Where(relation => !IsTable(relation))
                    .Select(view => View(catalog, schema, view)),
            ],
            [.. Sequences(catalog)]
        )
        {
            Routines = [.. catalog.Routines.Select(Object)],
            Types = [.. catalog.Types.Select(Object)],
        };
    }

    /// <summary>Reads one table, the migrator's own included; <see langword="null"/> if there is none.</summary>
    public static Table? ReadTable(NpgsqlConnection connection, string schema, string table)
    {
        var catalog = CatalogReader.Read(connection, schema, table);
        return catalog.Relations is [var found] && IsTable(found)
            ? PostgresTableBuilder.Build(catalog, schema, found)
            : null;
    }

    private static bool IsTable(RelationRow relation) => relation.Kind is "r" or "p" or "f";

    private static View View(CatalogContent catalog, string schema, RelationRow view) =>
        new(
            new ObjectName(null, view.Name),
            PostgresSql.Of(ViewDefinition.Write(catalog, view)),
            PostgresTableBuilder.TriggersOf(catalog, view)
        )
        {
            Indexes = PostgresTableBuilder.IndexesOf(catalog, schema, view),
            OtherParts = TableParts.Of(catalog, view),
        };

    /// <summary>Returns the sequences that are not behind a column of a table.</summary>
    private static IEnumerable<Sequence> Sequences(CatalogContent catalog) =>
        catalog
            .Sequences.Where(sequence => sequence.Owner == 0)
            .Select(sequence => new Sequence(
                new ObjectName(null, sequence.Name),
                PostgresSql.Of(
                    $"CREATE SEQUENCE {Identifier.Quote(sequence.Name)} {sequence.Definition}"
                )
            ));

    private static SchemaObject Object(ObjectRow found) =>
        new(new ObjectName(null, found.Name), PostgresSql.Of(found.Definition));
}
