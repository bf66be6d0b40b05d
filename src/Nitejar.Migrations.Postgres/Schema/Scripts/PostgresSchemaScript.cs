using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema.Scripts;

/// <summary>
/// Writes the SQL that makes a schema, from what the catalogs say of it. Who owns it and who may use it are left out: the
/// roles are not the schema's.
/// </summary>
internal static class PostgresSchemaScript
{
    /// <summary>
    /// Returns the statements, each with its semicolon, in an order in which they can be executed where names without a
    /// schema lead into an empty one.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="versionTable">The table of applied versions, which is left out; <see langword="null"/> where another schema has it.</param>
    public static IReadOnlyList<string> Read(
        NpgsqlConnection connection,
        string schema,
        string? versionTable
    )
    {
        var catalog = CatalogReader.ReadAll(connection, schema, versionTable);
        var order = ScriptOrder.Read(connection, schema);
        IEnumerable<string>[] parts =
        [
            order.Extensions,
            Bodies(catalog, "SET check_function_bodies = false"),
            order.Sort(Objects(catalog)),
            catalog.Sequences.Where(s => s.Owner != 0).SelectMany(s => Owner(catalog, s)),
            catalog.Relations.SelectMany(relation => RelationScript.Parts(catalog, relation)),
            catalog.Relations.SelectMany(RelationScript.Partition),
            catalog.Relations.SelectMany(relation => RelationScript.References(catalog, relation)),
            Comments(catalog),
            Bodies(catalog, "RESET check_function_bodies"),
        ];
        return [.. parts.SelectMany(part => part).Select(sql => sql.TrimEnd('\n', ';') + ";")];
    }

    /// <summary>The server would look for what the bodies of functions name, which may come later.</summary>
    private static string[] Bodies(CatalogContent catalog, string sql) =>
        catalog.Routines.Count > 0 ? [sql] : [];

    private static IEnumerable<ScriptObject> Objects(CatalogContent catalog) =>
        catalog
            .Types.Select(type => new ScriptObject($"t{type.Id}", type.Definition))
            .Concat(
                catalog
                    .Sequences.Where(sequence => !sequence.IsOfIdentity)
                    .Select(sequence => new ScriptObject(
                        $"c{sequence.Id}",
                        $"CREATE SEQUENCE {Identifier.Quote(sequence.Name)} {sequence.Definition}"
                    ))
            )
            .Concat(
                catalog.Routines.Select(routine => new ScriptObject(
                    $"p{routine.Id}",
                    routine.Definition
                ))
            )
            .Concat(
                catalog
                    .Relations.OrderBy(relation => relation.Query is not null)
                    .Select(relation => new ScriptObject(
                        $"c{relation.Id}",
                        relation.Query is null
                            ? TableDefinition.Write(catalog, relation)
                            : ViewDefinition.Write(catalog, relation)
                    ))
            );

    private static IEnumerable<string> Owner(CatalogContent catalog, SequenceRow sequence)
    {
        if (
            !sequence.IsOfIdentity
            && catalog.Relations.FirstOrDefault(r => r.Id == sequence.Owner) is { } owner
        )
        {
            var column = catalog.Columns[owner.Id].First(c => c.Number == sequence.OwnerColumn);
            yield return $"ALTER SEQUENCE {Identifier.Quote(sequence.Name)} OWNED BY {Identifier.Quote(owner.Name)}.{Identifier.Quote(column.Name)}";
        }
    }

    private static IEnumerable<string> Comments(CatalogContent catalog) =>
        catalog
            .Relations.Select(relation => relation.Id)
            .Append(0)
            .SelectMany(id => catalog.Comments[id])
            .Select(comment => $"COMMENT ON {comment.Target} IS {comment.Text}");
}
