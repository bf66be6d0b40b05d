using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares the columns of a table.</summary>
internal static class ColumnComparison
{
    public static void Compare(
        DifferenceList.OfObject list,
        IReadOnlyList<Column> before,
        IReadOnlyList<Column> after
    )
    {
        foreach (var (old, now) in Pairs.Of(before, after, column => column.Name, list.Names))
        {
            if (old is null || now is null)
            {
                list.Add(DifferenceKind.Column, (old ?? now)!.Name, WordsOf(old), WordsOf(now));
            }
            else
            {
                Compare(list, old, now);
            }
        }

        var common = before.Where(column => Has(after, column)).Select(column => column.Name);
        var inNewOrder = after.Where(column => Has(before, column)).Select(column => column.Name);
        if (!list.AreSame(common, inNewOrder))
        {
            list.Add(
                DifferenceKind.ColumnOrder,
                null,
                string.Join(", ", common),
                string.Join(", ", inNewOrder)
            );
        }

        bool Has(IReadOnlyList<Column> columns, Column column) =>
            columns.Any(other => list.Names.Equals(other.Name, column.Name));
    }

    private static void Compare(DifferenceList.OfObject list, Column before, Column after)
    {
        var name = before.Name;
        if (!IsSameType(before.Type, after.Type))
        {
            list.Add(DifferenceKind.ColumnType, name, before.Type.Declared, after.Type.Declared);
        }
        else if (!IsSameWord(before.Type.Declared, after.Type.Declared))
        {
            list.Add(
                DifferenceKind.ColumnTypeName,
                name,
                before.Type.Declared,
                after.Type.Declared
            );
        }

        list.Compare(
            DifferenceKind.ColumnNullability,
            name,
            NullabilityOf(before),
            NullabilityOf(after)
        );
        list.Compare(DifferenceKind.ColumnDefault, name, before.Default, after.Default);
        list.Compare(DifferenceKind.ColumnIdentity, name, IdentityOf(before), IdentityOf(after));
        if (
            before.Generated?.Expression.Normal != after.Generated?.Expression.Normal
            || before.Generated?.IsStored != after.Generated?.IsStored
        )
        {
            list.Add(
                DifferenceKind.ColumnGenerated,
                name,
                WordsOf(before.Generated),
                WordsOf(after.Generated)
            );
        }

        if (!list.Names.Equals(before.Collation, after.Collation))
        {
            list.Add(DifferenceKind.ColumnCollation, name, before.Collation, after.Collation);
        }

        if (!before.IsNullable && !after.IsNullable)
        {
            list.Compare(
                DifferenceKind.ConflictRule,
                name,
                SchemaWords.Of(before.OnNull),
                SchemaWords.Of(after.OnNull)
            );
        }
    }

    private static bool IsSameType(ColumnType one, ColumnType other) =>
        one.IsLike(other) && one.Bytes == other.Bytes && one.Length == other.Length;

    private static string? NullabilityOf(Column column) => column.IsNullable ? null : "NOT NULL";

    private static string? IdentityOf(Column column) =>
        column.IsIdentity ? SchemaWords.Of(column.Identity, column.Numbers) : null;

    /// <summary>Blanks inside and around parentheses do not count.</summary>
    private static bool IsSameWord(string one, string other) =>
        WithoutBlanks(one).Equals(WithoutBlanks(other), StringComparison.OrdinalIgnoreCase);

    private static string WithoutBlanks(string type) =>
        string.Join(' ', type.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace(" (", "(", StringComparison.Ordinal)
            .Replace("( ", "(", StringComparison.Ordinal)
            .Replace(" )", ")", StringComparison.Ordinal)
            .Replace(" ,", ",", StringComparison.Ordinal)
            .Replace(", ", ",", StringComparison.Ordinal);

    private static string? WordsOf(Column? column) =>
        column is null ? null : SchemaWords.Of(column);

    private static string? WordsOf(GeneratedValue? generated) =>
        generated is null ? null : SchemaWords.Of(generated);
}
