using System.Diagnostics.CodeAnalysis;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares primary keys and UNIQUE constraints.</summary>
internal static class KeyComparison
{
    public static void Compare(DifferenceList.OfObject list, Table before, Table after)
    {
        Compare(list, DifferenceKind.PrimaryKey, before.PrimaryKey, after.PrimaryKey);
        var pairs = Pairs.Of(
            before.Uniques,
            after.Uniques,
            (old, now) =>
                AreSame(list, old.Parts, now.Parts)
                && TableComparison.IsSameName(list, old.Name, now.Name),
            (old, now) => AreSame(list, old.Parts, now.Parts),
            (old, now) =>
                old.Name is not null && TableComparison.IsSameName(list, old.Name, now.Name)
        );
        foreach (var (old, now) in pairs)
        {
            Compare(list, DifferenceKind.Unique, old, now);
        }
    }

    /// <summary>Whether these are the same columns and expressions, in the same order and direction.</summary>
    public static bool AreSame(
        DifferenceList.OfObject list,
        IReadOnlyList<IndexPart> before,
        IReadOnlyList<IndexPart> after
    ) =>
        before.Count == after.Count
        && before
            .Zip(after)
            .All(pair =>
                list.Names.Equals(pair.First.Column, pair.Second.Column)
                && pair.First.Expression?.Normal == pair.Second.Expression?.Normal
                && pair.First.IsDescending == pair.Second.IsDescending
                && list.Names.Equals(pair.First.Collation, pair.Second.Collation)
            );

    private static void Compare(
        DifferenceList.OfObject list,
        DifferenceKind kind,
        Key? before,
        Key? after
    )
    {
        if ((before ?? after) is not { } either)
        {
            return;
        }

        var part = either.Name ?? WordsOf(either);
        if (before is null || after is null || !AreSame(list, before.Parts, after.Parts))
        {
            list.Add(kind, part, WordsOf(before), WordsOf(after));
        }

        if (before is null || after is null)
        {
            return;
        }

        TableComparison.CompareNames(list, part, isOnOneSide: false, before.Name, after.Name);
        list.Compare(
            DifferenceKind.ConflictRule,
            part,
            SchemaWords.Of(before.OnConflict),
            SchemaWords.Of(after.OnConflict)
        );
        list.Compare(
            DifferenceKind.KeyDeferral,
            part,
            SchemaWords.Of(before.Deferral),
            SchemaWords.Of(after.Deferral)
        );
    }

    [return: NotNullIfNotNull(nameof(key))]
    private static string? WordsOf(Key? key) =>
        key is null ? null : $"({SchemaWords.Of(key.Parts)})";
}
