using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>Foreign keys: those of the migrations, and others only over further columns.</summary>
internal static class ForeignKeyPoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        var further = found.ForeignKeys.ToList();
        foreach (var key in expected.ForeignKeys.Where(key => points.Has(found, key.Columns)))
        {
            var same = further.Find(other => IsSame(points, key, other));
            var near = same ?? further.Find(other => HasSameColumns(points, key, other));
            if (near is not null)
            {
                further.Remove(near);
            }

            if (same is null)
            {
                points.Refuse(WordsOf(expected, key), SchemaWords.Of(key), WordsOf(near));
            }
            else
            {
                JudgeCheck(points, WordsOf(expected, key), key, same);
                JudgeRows(points, WordsOf(expected, key), found, same);
            }
        }

        foreach (
            var key in further.Where(key =>
                key.Columns.Any(name =>
                    expected.Columns.Named(name, c => c.Name, points.Names) is not null
                )
            )
        )
        {
            points.Refuse(WordsOf(expected, key), null, SchemaWords.Of(key));
        }
    }

    private static void JudgeCheck(
        PointList points,
        string name,
        ForeignKey expected,
        ForeignKey found
    )
    {
        if (expected.Deferral != found.Deferral)
        {
            if (expected.Deferral == Deferral.NotDeferrable)
            {
                points.Note(name, "checked with each statement", DeferralOf(found));
            }
            else
            {
                points.Refuse(name, DeferralOf(expected), DeferralOf(found));
            }
        }

        if (expected.IsValidated && !found.IsValidated)
        {
            points.Note(name, "valid for every row", "NOT VALID");
        }
    }

    private static void JudgeRows(PointList points, string name, Table found, ForeignKey key)
    {
        if (points.Content.HoldsRowWithoutParent(found, key))
        {
            points.Note(name, "a parent for every row", "a row without its parent");
        }
    }

    private static bool IsSame(PointList points, ForeignKey one, ForeignKey other) =>
        HasSameColumns(points, one, other)
        && points.Names.Equals(one.Table.Name, other.Table.Name)
        && one.Referenced.Count == other.Referenced.Count
        && ParentsOf(points, one).SetEquals(ParentsOf(points, other))
        && one.OnDelete == other.OnDelete
        && OnUpdate(one) == OnUpdate(other);

    private static bool HasSameColumns(PointList points, ForeignKey one, ForeignKey other) =>
        points.AreSameSet(one.Columns, other.Columns);

    /// <summary>The pairs of columns, in which the order of a key says nothing.</summary>
    private static HashSet<string> ParentsOf(PointList points, ForeignKey key) =>
        new(
            key.Columns.Count == key.Referenced.Count
                ? key.Columns.Zip(key.Referenced, (own, parent) => $"{own}\n{parent}")
                : key.Referenced,
            points.Names
        );

    private static ReferentialAction OnUpdate(ForeignKey key) =>
        key.OnUpdate == ReferentialAction.Restrict ? ReferentialAction.NoAction : key.OnUpdate;

    private static string DeferralOf(ForeignKey key) =>
        SchemaWords.Of(key.Deferral) is { } words ? $"DEFERRABLE {words}" : "NOT DEFERRABLE";

    private static string WordsOf(Table table, ForeignKey key) =>
        $"{Naming.Words("foreign key", table.Name)}({string.Join(", ", key.Columns)})";

    private static string? WordsOf(ForeignKey? key) => key is null ? null : SchemaWords.Of(key);
}
