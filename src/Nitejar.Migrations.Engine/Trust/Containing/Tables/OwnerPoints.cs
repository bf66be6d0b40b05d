using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>Foreign keys of other owners' tables to those of the migrations, which a Down would leave without a parent.</summary>
internal static class OwnerPoints
{
    public static void Judge(
        PointList points,
        IReadOnlyList<Table> expected,
        IReadOnlyList<Table> found
    )
    {
        foreach (var table in found)
        {
            if (expected.Named(table.Name.Name, t => t.Name.Name, points.Names) is not null)
            {
                continue;
            }

            foreach (var key in table.ForeignKeys)
            {
                if (expected.Named(key.Table.Name, t => t.Name.Name, points.Names) is not null)
                {
                    points.Note(
                        $"{Naming.Words("foreign key", table.Name)}({string.Join(", ", key.Columns)})",
                        null,
                        $"{SchemaWords.Of(key)}, of another owner"
                    );
                }
            }
        }
    }
}
