using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>
/// What migrations make that are not adopted: none of it may be there, since they could never be applied.
/// </summary>
/// <param name="before">What the migrations before them make.</param>
/// <param name="found">The database.</param>
/// <param name="names">Which names are the same.</param>
internal sealed class LaterObjects(
    DatabaseSchema before,
    DatabaseSchema found,
    IEqualityComparer<string> names
)
{
    private readonly Dictionary<string, ContainmentPoint> _points = new(names);

    /// <summary>What the database has of them, each thing once.</summary>
    public IReadOnlyCollection<ContainmentPoint> Points => _points.Values;

    /// <summary>Adds what a migration makes.</summary>
    /// <param name="known">The migration.</param>
    /// <param name="after">What there is after it.</param>
    public void Add(KnownMigration known, DatabaseSchema after)
    {
        foreach (var table in after.Tables)
        {
            var old = Find(before, table.Name.Name);
            if (old is null)
            {
                AddObject(known, "table", table.Name.Name);
            }
            else if (Find(found, table.Name.Name) is { } there)
            {
                AddColumns(known, old, (table, there));
            }

            AddIndexes(known, table);
        }

        foreach (var view in after.Views)
        {
            if (before.Views.Named(view.Name.Name, v => v.Name.Name, names) is null)
            {
                AddObject(known, "view", view.Name.Name);
            }
        }
    }

    private void AddObject(KnownMigration known, string kind, string name)
    {
        var isTable = Find(found, name) is not null;
        if (isTable || found.Views.Named(name, v => v.Name.Name, names) is not null)
        {
            Add($"{kind} {name}", isTable ? "a table" : "a view", known);
        }
    }

    private void AddColumns(KnownMigration known, Table before, (Table After, Table Found) tables)
    {
        foreach (var column in tables.After.Columns)
        {
            if (!Has(before, column) && Has(tables.Found, column))
            {
                Add($"column {before.Name}.{column.Name}", "a column", known);
            }
        }
    }

    private void AddIndexes(KnownMigration known, Table after)
    {
        foreach (var index in after.Indexes)
        {
            if (!HasIndex(before, index.Name) && HasIndex(found, index.Name))
            {
                Add($"index {index.Name}", "an index", known);
            }
        }
    }

    private void Add(string subject, string what, KnownMigration known) =>
        _points.TryAdd(
            subject,
            new ContainmentPoint(
                subject,
                null,
                $"{what}, which {known.Id} makes",
                PointLevel.Refusal
            )
        );

    private Table? Find(DatabaseSchema schema, string table) =>
        schema.Tables.Named(table, t => t.Name.Name, names);

    private bool Has(Table table, Column column) =>
        table.Columns.Named(column.Name, c => c.Name, names) is not null;

    private bool HasIndex(DatabaseSchema schema, string name) =>
        schema.Tables.Any(table => table.Indexes.Named(name, i => i.Name, names) is not null);
}
