using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

/// <summary>Puts parents before their children, as far as they do not refer to each other in a circle.</summary>
internal static class SeedOrder
{
    /// <summary>The tables that hold their rows themselves, parents first.</summary>
    public static IReadOnlyList<Table> Of(DatabaseSchema schema, IEqualityComparer<string> names)
    {
        var ordered = new List<Table>();
        var seen = new HashSet<Table>(ReferenceEqualityComparer.Instance);
        var byName = schema
            .Tables.Where(table => table.Traits.Kind == TableKind.Ordinary)
            .ToDictionary(table => table.Name.ToString(), names);
        foreach (var table in byName.Values)
        {
            Add(table);
        }

        return ordered;

        void Add(Table table)
        {
            if (!seen.Add(table))
            {
                return;
            }

            foreach (var key in table.ForeignKeys)
            {
                if (byName.TryGetValue(key.Table.ToString(), out var parent))
                {
                    Add(parent);
                }
            }

            ordered.Add(table);
        }
    }
}
