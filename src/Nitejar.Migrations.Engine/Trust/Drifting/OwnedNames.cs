using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Drifting;

/// <summary>
/// The names of the tables, views and sequences that migrations make, those included that a later one drops or renames.
/// What has another name belongs to another owner.
/// </summary>
/// <param name="names">Which names are the same.</param>
internal sealed class OwnedNames(IEqualityComparer<string> names)
{
    private readonly HashSet<string> _owned = new(names);

    /// <summary>Adds those of a schema that migrations have made.</summary>
    public void Add(DatabaseSchema schema)
    {
        _owned.UnionWith(schema.Tables.Select(table => table.Name.Name));
        _owned.UnionWith(schema.Views.Select(view => view.Name.Name));
        _owned.UnionWith(schema.Sequences.Select(sequence => sequence.Name.Name));
    }

    /// <summary>The part of a schema that has these names.</summary>
    public DatabaseSchema In(DatabaseSchema schema) =>
        new(
            [.. schema.Tables.Where(table => Has(table.Name))],
            [.. schema.Views.Where(view => Has(view.Name))],
            [.. schema.Sequences.Where(sequence => Has(sequence.Name))]
        );

    private bool Has(ObjectName name) => _owned.Contains(name.Name);
}
