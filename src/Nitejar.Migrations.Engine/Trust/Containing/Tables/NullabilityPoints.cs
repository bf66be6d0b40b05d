using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>
/// Nullability: the same. SQLite lets most columns of a primary key be NULL, so there it is enough that none is.
/// </summary>
internal static class NullabilityPoints
{
    public static void Judge(
        PointList points,
        string name,
        Column expected,
        (Table Table, Column Column) found
    )
    {
        var column = found.Column;
        if (expected.IsIdentity && column.IsIdentity)
        {
            return;
        }

        if (!expected.IsNullable && column.IsNullable)
        {
            if (!IsInKey(points, found))
            {
                points.Refuse(name, "NOT NULL", "NULL allowed");
            }
            else if (!column.IsIdentity && points.Content.HoldsNull(found.Table, column.Name))
            {
                points.Refuse(name, "NOT NULL", "a row with NULL");
            }
        }
        else if (expected.IsNullable && !column.IsNullable)
        {
            points.Refuse(name, "NULL allowed", "NOT NULL");
        }
        else if (!column.IsNullable && column.OnNull != expected.OnNull)
        {
            points.Refuse(name, RuleOf(expected), RuleOf(column));
        }
    }

    private static bool IsInKey(PointList points, (Table Table, Column Column) found) =>
        found.Table.PrimaryKey?.Columns.Contains(found.Column.Name, points.Names) == true;

    private static string RuleOf(Column column) =>
        $"NOT NULL on conflict {SchemaWords.Of(column.OnNull) ?? nameof(ConflictRule.Abort)}";
}
