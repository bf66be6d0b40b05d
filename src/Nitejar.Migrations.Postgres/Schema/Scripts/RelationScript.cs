using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema.Scripts;

/// <summary>The statements that complete a table or a view once all of them are made.</summary>
internal static class RelationScript
{
    /// <summary>Returns what belongs to one table or view: storage, conditions, indexes, triggers and the like.</summary>
    public static IEnumerable<string> Parts(CatalogContent catalog, RelationRow relation)
    {
        var alter = $"ALTER TABLE {Identifier.Quote(relation.Name)}";
        var storage = catalog
            .Columns[relation.Id]
            .Where(column => column.Storage is not null && relation.Query is null)
            .Select(column =>
                $"{alter} ALTER COLUMN {Identifier.Quote(column.Name)} SET STORAGE {column.Storage}"
            );
        var conditions = catalog
            .Constraints[relation.Id]
            .Where(constraint =>
                constraint is { Kind: not "f", IsLocal: true }
                && !TableDefinition.IsInline(relation, constraint)
            )
            .Select(constraint => $"{alter} ADD {TableDefinition.Constraint(constraint)}");
        var indexes = catalog.Indexes[relation.Id].Select(index => index.Definition);
        var parts = catalog.Parts[relation.Id].ToLookup(part => part.Kind);
        var triggers = parts[PartRow.Trigger].Select(trigger => trigger.Definition);
        var firing = parts["firing of"]
            .Select(part => $"{alter} {part.Definition} TRIGGER {Identifier.Quote(part.Name)}");
        var others = catalog
            .Parts[relation.Id]
            .Where(part => part.Kind is not (PartRow.Trigger or "firing of"))
            .Select(part => part.Definition);
        return
        [
            .. storage,
            .. conditions,
            .. indexes,
            .. triggers,
            .. firing,
            .. others,
            .. Security(relation).Select(what => $"{alter} {what}"),
        ];
    }

    /// <summary>Returns the statement that makes the table a partition, which gives it the indexes that it lacks.</summary>
    public static IEnumerable<string> Partition(RelationRow relation) =>
        relation.PartitionBound is { } bound
            ?
            [
                $"ALTER TABLE ONLY {relation.Parents} ATTACH PARTITION {Identifier.Quote(relation.Name)} {bound}",
            ]
            : [];

    /// <summary>Returns the statements that add foreign keys.</summary>
    public static IEnumerable<string> References(CatalogContent catalog, RelationRow relation) =>
        catalog
            .Constraints[relation.Id]
            .Where(constraint => constraint is { Kind: "f", IsLocal: true })
            .Select(constraint =>
                $"ALTER TABLE {Identifier.Quote(relation.Name)} ADD {TableDefinition.Constraint(constraint)}"
            );

    private static IEnumerable<string> Security(RelationRow relation) =>
        new[]
        {
            relation.IsRowSecurityOn ? "ENABLE ROW LEVEL SECURITY" : null,
            relation.IsRowSecurityForced ? "FORCE ROW LEVEL SECURITY" : null,
            relation.ReplicaIdentity is { } identity ? $"REPLICA IDENTITY {identity}" : null,
        }.OfType<string>();
}
