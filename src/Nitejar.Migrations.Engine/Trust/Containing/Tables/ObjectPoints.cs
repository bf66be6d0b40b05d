using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>Views and sequences that migrations make: the same, or refused.</summary>
internal static class ObjectPoints
{
    public static void Judge(PointList points, DatabaseSchema expected, DatabaseSchema found)
    {
        foreach (var view in expected.Views)
        {
            var other = found.Views.Named(view.Name.Name, v => v.Name.Name, points.Names);
            if (other?.Definition.Normal != view.Definition.Normal)
            {
                points.Refuse(
                    Naming.Words("view", view.Name),
                    view.Definition.Raw,
                    other?.Definition.Raw
                );
            }
        }

        foreach (var sequence in expected.Sequences)
        {
            var other = found.Sequences.Named(sequence.Name.Name, s => s.Name.Name, points.Names);
            if (other?.Definition.Normal != sequence.Definition.Normal)
            {
                points.Refuse(
                    Naming.Words("sequence", sequence.Name),
                    sequence.Definition.Raw,
                    other?.Definition.Raw
                );
            }
        }
    }
}
