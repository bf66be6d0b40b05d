using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>CHECK constraints: those of the migrations, and others only over further columns.</summary>
internal static class CheckPoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        var name = Naming.Words("check of", expected.Name);
        foreach (var check in expected.Checks)
        {
            if (!found.Checks.Any(other => other.Expression.Normal == check.Expression.Normal))
            {
                points.Refuse(name, $"CHECK ({check.Expression})", null);
            }
        }

        foreach (var check in found.Checks)
        {
            if (
                !expected.Checks.Any(other => other.Expression.Normal == check.Expression.Normal)
                && MentionedNames.In(check.Expression).Any(word => IsColumn(points, expected, word))
            )
            {
                points.Refuse(name, null, $"CHECK ({check.Expression})");
            }
        }
    }

    private static bool IsColumn(PointList points, Table table, string name) =>
        table.Columns.Named(name, c => c.Name, points.Names) is not null;
}
