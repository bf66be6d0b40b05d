using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Constraints;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Nitejar.Migrations.Engine.Trust.Containing.Tables;

namespace Nitejar.Migrations.Engine.Trust.Containing;

/// <summary>
/// Decides whether a database contains a schema: it takes at least what the schema takes, and guarantees at least what the
/// schema guarantees. docs/adopting.md has the rule as a table.
/// </summary>
internal static class Containment
{
    /// <summary>Returns the points in which the database is not as the schema says; none that refuses means that it is contained.</summary>
    /// <param name="expected">The schema that migrations make.</param>
    /// <param name="found">The schema of the database, which may have more.</param>
    /// <param name="names">Which names are the same to the kind of database.</param>
    /// <param name="content">Tells what the schemas do not.</param>
    public static IReadOnlyList<ContainmentPoint> Of(
        DatabaseSchema expected,
        DatabaseSchema found,
        IEqualityComparer<string> names,
        IFoundContent content
    )
    {
        var points = new PointList(names, content);
        foreach (var table in expected.Tables)
        {
            if (TablePoints.Find(points, table, found) is { } pair)
            {
                Judge(points, table, pair);
            }
        }

        IndexPoints.JudgeNames(points, expected.Tables, found.Tables);
        ObjectPoints.Judge(points, expected, found);
        OwnerPoints.Judge(points, expected.Tables, found.Tables);
        return points.All;
    }

    private static void Judge(PointList points, Table expected, Table found)
    {
        TablePoints.Judge(points, expected, found);
        ColumnPoints.Judge(points, expected, found);
        PrimaryKeyPoints.Judge(points, expected, found);
        UniquePoints.Judge(points, expected, found);
        CheckPoints.Judge(points, expected, found);
        ForeignKeyPoints.Judge(points, expected, found);
        IndexPoints.Judge(points, expected, found);
    }
}
