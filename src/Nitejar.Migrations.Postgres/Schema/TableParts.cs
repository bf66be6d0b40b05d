using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Parts of tables and views that only PostgreSQL has.</summary>
internal static class TableParts
{
    /// <summary>Returns the parts in the order of kinds and names.</summary>
    public static IReadOnlyList<TablePart> Of(CatalogContent catalog, RelationRow table) =>
        [
            .. Storage(table)
                .Concat(Columns(catalog, table))
                .Concat(Constraints(catalog, table))
                .Concat(
                    catalog
                        .Parts[table.Id]
                        .Where(part => part.Kind != PartRow.Trigger)
                        .Select(part => Part(part.Kind, part.Name, part.Definition))
                )
                .Concat(
                    catalog
                        .Comments[table.Id]
                        .Select(comment => Part("comment on", comment.Target, comment.Text))
                )
                .OrderBy(part => part.Kind, StringComparer.Ordinal)
                .ThenBy(part => part.Name, StringComparer.Ordinal),
        ];

    private static IEnumerable<TablePart> Storage(RelationRow table)
    {
        (string Kind, string? Definition)[] parts =
        [
            ("partition by", table.PartitionKey),
            ("partition for", table.PartitionBound),
            ("inherits", table.Parents),
            ("options", table.Options),
            ("server", table.Server),
            ("unlogged", table.IsUnlogged ? "UNLOGGED" : null),
            ("row security", table.IsRowSecurityOn ? "ENABLE" : null),
            ("row security of the owner", table.IsRowSecurityForced ? "FORCE" : null),
            ("replica identity", table.ReplicaIdentity),
        ];
        return parts
            .Where(part => part.Definition is not null)
            .Select(part => Part(part.Kind, "", part.Definition!));
    }

    private static IEnumerable<TablePart> Columns(CatalogContent catalog, RelationRow table) =>
        catalog
            .Columns[table.Id]
            .Where(column => column.Storage is not null)
            .Select(column => Part("storage of", column.Name, column.Storage!));

    /// <summary>Exclusion constraints, and what the model has no place for in others.</summary>
    private static IEnumerable<TablePart> Constraints(CatalogContent catalog, RelationRow table) =>
        catalog
            .Constraints[table.Id]
            .Where(constraint => constraint.Kind == "x" || IsSpecial(constraint))
            .Select(constraint => Part("constraint", constraint.Name, constraint.Definition));

    private static bool IsSpecial(ConstraintRow constraint) =>
        constraint.Kind switch
        {
            "p" or "u" => constraint.Definition.Contains(" INCLUDE (", StringComparison.Ordinal)
                || constraint.Definition.Contains("NULLS NOT DISTINCT", StringComparison.Ordinal),
            "f" => constraint.Definition.Contains(" MATCH FULL", StringComparison.Ordinal)
                || constraint.Definition.Contains("SET NULL (", StringComparison.Ordinal)
                || constraint.Definition.Contains("SET DEFAULT (", StringComparison.Ordinal),
            "c" => constraint.Definition.Contains(") NO INHERIT", StringComparison.Ordinal),
            "x" => false,
            _ => throw PostgresCatalog.Unknown("kind of constraint", constraint.Kind),
        };

    private static TablePart Part(string kind, string name, string definition) =>
        new(kind, name, PostgresSql.Of(definition));
}
