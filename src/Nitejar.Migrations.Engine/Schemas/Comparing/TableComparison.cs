using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares a table with another one of the same name.</summary>
internal static class TableComparison
{
    public static void Compare(DifferenceList.OfObject list, Table before, Table after)
    {
        CompareTraits(list, before.Traits, after.Traits);
        if (before.Traits.Kind != TableKind.Virtual && after.Traits.Kind != TableKind.Virtual)
        {
            ColumnComparison.Compare(list, before.Columns, after.Columns);
            KeyComparison.Compare(list, before, after);
            ForeignKeyComparison.Compare(list, before.ForeignKeys, after.ForeignKeys);
            CompareChecks(list, before.Checks, after.Checks);
            CompareIndexes(list, before.Indexes, after.Indexes);
        }

        list.Compare(before.Triggers, after.Triggers);
        list.Compare(before.OtherParts, after.OtherParts);
    }

    private static void CompareTraits(
        DifferenceList.OfObject list,
        TableTraits before,
        TableTraits after
    )
    {
        list.Compare(
            DifferenceKind.TableKind,
            null,
            SchemaWords.Of(before.Kind),
            SchemaWords.Of(after.Kind)
        );
        list.Compare(DifferenceKind.Module, null, before.Module, after.Module);
        if (before.Kind == TableKind.Virtual || after.Kind == TableKind.Virtual)
        {
            return;
        }

        Compare(DifferenceKind.RowId, !before.HasRowId, !after.HasRowId, "WITHOUT ROWID");
        Compare(
            DifferenceKind.AutoIncrement,
            before.IsAutoIncrement,
            after.IsAutoIncrement,
            "AUTOINCREMENT"
        );
        Compare(DifferenceKind.Strictness, before.IsStrict, after.IsStrict, "STRICT");

        void Compare(DifferenceKind kind, bool was, bool isNow, string word) =>
            list.Compare(kind, null, was ? word : null, isNow ? word : null);
    }

    private static void CompareChecks(
        DifferenceList.OfObject list,
        IReadOnlyList<Check> before,
        IReadOnlyList<Check> after
    )
    {
        var pairs = Pairs.Of(
            before,
            after,
            (old, now) =>
                old.Expression.Normal == now.Expression.Normal
                && IsSameName(list, old.Name, now.Name),
            (old, now) => old.Expression.Normal == now.Expression.Normal,
            (old, now) => old.Name is not null && IsSameName(list, old.Name, now.Name)
        );
        foreach (var (old, now) in pairs)
        {
            var part = (old ?? now)!.Name ?? $"({(old ?? now)!.Expression})";
            list.Compare(DifferenceKind.Check, part, old?.Expression, now?.Expression);
            CompareNames(list, part, old is null || now is null, old?.Name, now?.Name);
            if (old is not null && now is not null)
            {
                list.CompareValidity(part, old.IsValidated, now.IsValidated);
            }
        }
    }

    public static void CompareIndexes(
        DifferenceList.OfObject list,
        IReadOnlyList<Tables.Index> before,
        IReadOnlyList<Tables.Index> after
    )
    {
        foreach (var (old, now) in Pairs.Of(before, after, index => index.Name, list.Names))
        {
            if (old is null || now is null || !IsSame(list, old, now))
            {
                list.Add(
                    DifferenceKind.Index,
                    (old ?? now)!.Name,
                    old?.Definition,
                    now?.Definition
                );
            }
            else
            {
                list.CompareValidity(old.Name, old.IsValid, now.IsValid);
            }
        }
    }

    private static bool IsSame(
        DifferenceList.OfObject list,
        Tables.Index one,
        Tables.Index other
    ) =>
        one.IsUnique == other.IsUnique
        && one.Where?.Normal == other.Where?.Normal
        && one.Special?.Normal == other.Special?.Normal
        && KeyComparison.AreSame(list, one.Parts, other.Parts);

    /// <summary>Whether constraints have the same name, or both have none.</summary>
    internal static bool IsSameName(DifferenceList.OfObject list, string? one, string? other) =>
        list.Names.Equals(one, other);

    /// <summary>Compares the names of constraints that both sides have.</summary>
    internal static void CompareNames(
        DifferenceList.OfObject list,
        string part,
        bool isOnOneSide,
        string? before,
        string? after
    )
    {
        if (!isOnOneSide && !IsSameName(list, before, after))
        {
            list.Add(DifferenceKind.ConstraintName, part, before, after);
        }
    }
}
