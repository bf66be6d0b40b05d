using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>Columns: those of the migrations have their types, and an insert may omit any other.</summary>
internal static class ColumnPoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        foreach (var column in expected.Columns)
        {
            var name = WordsOf(expected, column);
            if (found.Columns.Named(column.Name, c => c.Name, points.Names) is { } other)
            {
                Judge(points, name, column, other);
                NullabilityPoints.Judge(points, name, column, (found, other));
                DefaultPoints.Judge(points, name, column, other);
            }
            else
            {
                points.Refuse(name, SchemaWords.Of(column), null);
            }
        }

        foreach (var column in found.Columns)
        {
            if (
                expected.Columns.Named(column.Name, c => c.Name, points.Names) is null
                && !MayBeOmitted(column)
            )
            {
                points.Refuse(
                    WordsOf(expected, column),
                    "a column that an insert may omit",
                    SchemaWords.Of(column)
                );
            }
        }
    }

    private static bool MayBeOmitted(Column column) =>
        column.IsNullable
        || column.IsIdentity
        || column.Generated is not null
        || column.Default is { } value && !value.Normal.Equals("NULL", StringComparison.Ordinal)
        || column.OnNull == ConflictRule.Replace && column.Default is not null;

    private static void Judge(PointList points, string name, Column expected, Column found)
    {
        if (
            expected.Generated?.Expression.Normal != found.Generated?.Expression.Normal
            || expected.Generated?.IsStored != found.Generated?.IsStored
        )
        {
            points.Refuse(name, SchemaWords.Of(expected), SchemaWords.Of(found));
            return;
        }

        var (type, other) = (expected.Type, found.Type);
        if (!type.IsLike(other) || IsShorter(other, type))
        {
            points.Refuse(name, type.Declared, other.Declared);
        }
        else if (other.Bytes < type.Bytes)
        {
            points.Note(name, type.Declared, other.Declared);
        }

        if (!points.Names.Equals(expected.Collation, found.Collation))
        {
            points.Note(name, CollationOf(expected), CollationOf(found));
        }
    }

    private static bool IsShorter(ColumnType found, ColumnType expected) =>
        found.Length is { } length && (expected.Length is not { } wanted || length < wanted);

    private static string? CollationOf(Column column) =>
        column.Collation is { } collation ? $"COLLATE {collation}" : null;

    private static string WordsOf(Table table, Column column) =>
        $"{Naming.Words("column", table.Name)}.{column.Name}";
}
