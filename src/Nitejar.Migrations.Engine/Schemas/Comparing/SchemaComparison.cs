using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares two schemas.</summary>
public static class SchemaComparison
{
    /// <summary>
    /// Returns every difference, table by table; empty if the schemas are the same. Ignores the tables that virtual tables
    /// make, which follow from the module. SQL that is only written in another way is not a difference; names of types
    /// and constraints are, and have kinds of their own.
    /// </summary>
    /// <param name="before">The first side.</param>
    /// <param name="after">The second side.</param>
    /// <param name="names">Which names are the same to the kind of database.</param>
    public static IReadOnlyList<Difference> Of(
        DatabaseSchema before,
        DatabaseSchema after,
        IEqualityComparer<string> names
    )
    {
        var differences = new DifferenceList(names);
        var objects = new ObjectNameComparer(names);
        foreach (var (old, now) in Pairs.Of(before.Tables, after.Tables, t => t.Name, objects))
        {
            if (!IsShadow(old) && !IsShadow(now))
            {
                Compare(differences, old, now);
            }
        }

        foreach (var (old, now) in Pairs.Of(before.Views, after.Views, v => v.Name, objects))
        {
            var list = differences.On((old ?? now)!.Name);
            list.Compare(DifferenceKind.View, null, old?.Definition, now?.Definition);
            list.Compare(old?.Triggers ?? [], now?.Triggers ?? []);
            TableComparison.CompareIndexes(list, old?.Indexes ?? [], now?.Indexes ?? []);
            list.Compare(old?.OtherParts ?? [], now?.OtherParts ?? []);
        }

        foreach (
            var (old, now) in Pairs.Of(before.Sequences, after.Sequences, s => s.Name, objects)
        )
        {
            differences
                .On((old ?? now)!.Name)
                .Compare(DifferenceKind.Sequence, null, old?.Definition, now?.Definition);
        }

        Compare(differences, DifferenceKind.Routine, before.Routines, after.Routines);
        Compare(differences, DifferenceKind.Type, before.Types, after.Types);
        return differences.All;
    }

    /// <summary>Returns every difference between two tables, whatever their names.</summary>
    /// <param name="before">The first side.</param>
    /// <param name="after">The second side.</param>
    /// <param name="names">Which names are the same to the kind of database.</param>
    public static IReadOnlyList<Difference> Of(
        Table before,
        Table after,
        IEqualityComparer<string> names
    )
    {
        var differences = new DifferenceList(names);
        Compare(differences, before, after);
        return differences.All;
    }

    private static void Compare(DifferenceList differences, Table? before, Table? after)
    {
        var list = differences.On((before ?? after)!.Name);
        if (before is null || after is null)
        {
            list.Add(DifferenceKind.Table, null, before?.Definition, after?.Definition);
            return;
        }

        TableComparison.Compare(list, before, after);
    }

    private static void Compare(
        DifferenceList differences,
        DifferenceKind kind,
        IReadOnlyList<SchemaObject> before,
        IReadOnlyList<SchemaObject> after
    )
    {
        var names = new ObjectNameComparer(differences.Names);
        foreach (var (old, now) in Pairs.Of(before, after, found => found.Name, names))
        {
            differences
                .On((old ?? now)!.Name)
                .Compare(kind, null, old?.Definition, now?.Definition);
        }
    }

    private static bool IsShadow(Table? table) => table?.Traits.Kind == TableKind.Shadow;
}
