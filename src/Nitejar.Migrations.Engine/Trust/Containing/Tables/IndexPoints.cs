using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>Indexes: a missing one is noted; a name of the migrations' that means something else is refused.</summary>
internal static class IndexPoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        foreach (var index in expected.Indexes.Where(index => !index.IsUnique))
        {
            if (points.Has(found, index.Parts.Select(p => p.Column).OfType<string>()))
            {
                if (!IsCovered(points, index, found))
                {
                    points.Note(WordsOf(index.Name), WordsOf(expected, index), null);
                }
            }
        }
    }

    /// <summary>Judges names: a migration that drops an index of its own would drop the other one.</summary>
    public static void JudgeNames(
        PointList points,
        IReadOnlyList<Table> expected,
        IReadOnlyList<Table> found
    )
    {
        foreach (var table in expected)
        {
            foreach (var index in table.Indexes)
            {
                if (
                    Find(points, found, index.Name) is { } other
                    && !IsSame(points, (table, index), other)
                )
                {
                    points.Refuse(
                        WordsOf(index.Name),
                        WordsOf(table, index),
                        WordsOf(other.Table, other.Index)
                    );
                }
            }
        }
    }

    private static (Table Table, Index Index)? Find(
        PointList points,
        IReadOnlyList<Table> tables,
        string name
    )
    {
        foreach (var table in tables)
        {
            if (table.Indexes.Named(name, index => index.Name, points.Names) is { } index)
            {
                return (table, index);
            }
        }

        return null;
    }

    /// <summary>Whether it is an index over the same columns; that it is unique or not is judged elsewhere.</summary>
    private static bool IsSame(
        PointList points,
        (Table Table, Index Index) expected,
        (Table Table, Index Index) found
    ) =>
        points.Names.Equals(expected.Table.Name.Name, found.Table.Name.Name)
        && points.AreSame(expected.Index.Parts, found.Index.Parts)
        && (expected.Index.IsUnique || expected.Index.Where?.Normal == found.Index.Where?.Normal);

    /// <summary>Whether a key or an index of the table begins with the same columns.</summary>
    private static bool IsCovered(PointList points, Index expected, Table found)
    {
        var keys = found.Uniques.Select(key => key.Parts);
        var indexes = found
            .Indexes.Where(index => index.IsValid && index.Where?.Normal == expected.Where?.Normal)
            .Select(index => index.Parts);
        return (found.PrimaryKey is { } key ? keys.Prepend(key.Parts) : keys)
            .Where(_ => expected.Where is null)
            .Concat(indexes)
            .Any(parts =>
                parts.Count >= expected.Parts.Count
                && expected.Parts.Zip(parts).All(pair => points.IsSame(pair.First, pair.Second))
            );
    }

    private static string WordsOf(string name) => $"index {name}";

    private static string WordsOf(Table table, Index index) =>
        $"{table.Name}{SchemaWords.Of(index)}";
}
