using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Writes the statement that makes a view.</summary>
internal static class ViewDefinition
{
    /// <summary>Returns the statement with the names of its columns, without a semicolon.</summary>
    public static string Write(CatalogContent catalog, RelationRow view)
    {
        var kind = view.Kind == "m" ? "MATERIALIZED VIEW" : "VIEW";
        var columns = catalog.Columns[view.Id].Select(column => Identifier.Quote(column.Name));
        var options = view.Options is { } with ? $" WITH ({with})" : "";
        var query = view.Query!.Trim().TrimEnd(';');
        return $"CREATE {kind} {Identifier.Quote(view.Name)} ({string.Join(", ", columns)}){options} AS\n{query}";
    }
}
