using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>
/// What is unique: exactly what the migrations make so. More of it would take less, unless rows that know nothing of a
/// further column cannot collide.
/// </summary>
internal static class UniquePoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        var wanted = UniqueRule.Of(expected).ToArray();
        var there = UniqueRule.Of(found).ToArray();
        var withKey = found.PrimaryKey is { } key ? [.. there, UniqueRule.Of(key)] : there;
        foreach (var rule in wanted.Where(rule => points.Has(found, rule.Columns)))
        {
            if (!withKey.Any(other => rule.IsSame(other, points)))
            {
                var near = Array.Find(there, other => IsNear(points, rule, other));
                points.Refuse(WordsOf(expected, rule), rule.ToString(), near?.ToString());
            }
        }

        foreach (var rule in there)
        {
            if (
                !wanted.Any(other => IsNear(points, other, rule) || rule.IsSame(other, points))
                && !IsKey(points, expected, rule)
                && MayCollide(points, rule, (expected, found))
            )
            {
                points.Refuse(WordsOf(expected, rule), null, rule.ToString());
            }
        }
    }

    /// <summary>Whether it is the rule that the other one was meant to be, though it refuses less.</summary>
    private static bool IsNear(PointList points, UniqueRule wanted, UniqueRule found) =>
        wanted.Columns.Any()
        && points.AreSameSet(wanted.Columns, found.Columns)
        && wanted.Columns.Count() == wanted.Parts.Count;

    private static bool IsKey(PointList points, Table expected, UniqueRule rule) =>
        expected.PrimaryKey is { } key && rule.IsSame(UniqueRule.Of(key), points);

    /// <summary>Whether two rows may collide that give values to the migrations' columns only.</summary>
    private static bool MayCollide(
        PointList points,
        UniqueRule rule,
        (Table Expected, Table Found) tables
    ) => !rule.Parts.Any(part => IsApart(points, part, tables));

    /// <summary>Whether rows that omit the column differ in it: by NULL, or by a value that is computed for each.</summary>
    private static bool IsApart(
        PointList points,
        IndexPart part,
        (Table Expected, Table Found) tables
    ) =>
        part.Column is { } name
        && tables.Expected.Columns.Named(name, c => c.Name, points.Names) is null
        && tables.Found.Columns.Named(name, c => c.Name, points.Names) is { Generated: null } column
        && (
            column.IsIdentity || (column.Default is { } value ? Computes(value) : column.IsNullable)
        );

    private static bool Computes(SqlText value) =>
        value.Normal is "NULL" || value.Normal.Contains('(', StringComparison.Ordinal);

    private static string WordsOf(Table table, UniqueRule rule) =>
        $"{Naming.Words("unique", table.Name)}({string.Join(", ", rule.Columns)})";
}
