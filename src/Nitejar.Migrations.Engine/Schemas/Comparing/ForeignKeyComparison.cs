using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares foreign keys.</summary>
internal static class ForeignKeyComparison
{
    public static void Compare(
        DifferenceList.OfObject list,
        IReadOnlyList<ForeignKey> before,
        IReadOnlyList<ForeignKey> after
    )
    {
        var objects = new ObjectNameComparer(list.Names);
        var pairs = Pairs.Of(
            before,
            after,
            (old, now) =>
                RefersToSame(old, now) && TableComparison.IsSameName(list, old.Name, now.Name),
            RefersToSame,
            (old, now) =>
                old.Name is not null && TableComparison.IsSameName(list, old.Name, now.Name),
            (old, now) => list.AreSame(old.Columns, now.Columns)
        );
        foreach (var (old, now) in pairs)
        {
            var part = (old ?? now)!.Name ?? $"({string.Join(", ", (old ?? now)!.Columns)})";
            if (old is null || now is null)
            {
                list.Add(DifferenceKind.ForeignKey, part, WordsOf(old), WordsOf(now));
            }
            else
            {
                if (!RefersToSame(old, now))
                {
                    list.Add(DifferenceKind.ForeignKey, part, WordsOf(old), WordsOf(now));
                }

                Compare(list, part, old, now);
            }
        }

        bool RefersToSame(ForeignKey one, ForeignKey other) =>
            objects.Equals(one.Table, other.Table)
            && one.Columns.Count == other.Columns.Count
            && one.Referenced.Count == other.Referenced.Count
            && list.AreSame(Sorted(one), Sorted(other));

        // The order of the pairs of columns says nothing.
        IEnumerable<string> Sorted(ForeignKey key) =>
            key.Referenced.Count == key.Columns.Count
                ? key
                    .Columns.Zip(key.Referenced)
                    .OrderBy(pair => pair.First, StringComparer.OrdinalIgnoreCase)
                    .SelectMany(pair => new[] { pair.First, pair.Second })
                : key.Columns.Concat(key.Referenced);
    }

    private static void Compare(
        DifferenceList.OfObject list,
        string part,
        ForeignKey before,
        ForeignKey after
    )
    {
        list.Compare(DifferenceKind.ForeignKeyAction, part, ActionsOf(before), ActionsOf(after));
        list.Compare(
            DifferenceKind.ForeignKeyDeferral,
            part,
            SchemaWords.Of(before.Deferral),
            SchemaWords.Of(after.Deferral)
        );
        list.CompareValidity(part, before.IsValidated, after.IsValidated);
        TableComparison.CompareNames(list, part, isOnOneSide: false, before.Name, after.Name);
    }

    private static string ActionsOf(ForeignKey key) =>
        $"ON DELETE {SchemaWords.Of(key.OnDelete)} ON UPDATE {SchemaWords.Of(key.OnUpdate)}";

    private static string? WordsOf(ForeignKey? key) =>
        key is null ? null : $"({string.Join(", ", key.Columns)}) REFERENCES {SchemaWords.Of(key)}";
}
