using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>The database whose schema is compared with what migrations make.</summary>
/// <param name="schema">Its schema.</param>
/// <param name="names">Which names are the same.</param>
/// <param name="content">Tells what the schema does not.</param>
internal sealed class FoundDatabase(
    DatabaseSchema schema,
    IEqualityComparer<string> names,
    IFoundContent content
)
{
    /// <summary>In what it is not as expected.</summary>
    public IReadOnlyList<ContainmentPoint> PointsOf(DatabaseSchema expected) =>
        Containment.Of(expected, schema, names, content);

    /// <summary>What it has of what migrations make after a state.</summary>
    public IReadOnlyCollection<ContainmentPoint> HasOf(
        DatabaseSchema before,
        IEnumerable<ReplayedState> later
    )
    {
        var objects = new LaterObjects(before, schema, names);
        foreach (var state in later)
        {
            objects.Add(state.Last, state.Schema);
        }

        return objects.Points;
    }

    /// <summary>
    /// Returns the SQL that makes what it has of a state, as it has it: tables with their indexes and triggers, and views.
    /// Other owners' tables are made too, without theirs, because a trigger may name them.
    /// </summary>
    public string ScriptOf(DatabaseSchema state)
    {
        var script = new List<string>();
        foreach (var table in schema.Tables.Where(t => t.Traits.Kind == TableKind.Ordinary))
        {
            script.Add(table.Definition);
            if (state.Tables.Named(table.Name.Name, t => t.Name.Name, names) is not null)
            {
                script.AddRange(table.Indexes.Select(index => index.Definition));
                script.AddRange(table.Triggers.Select(trigger => trigger.Definition.Raw));
            }
        }

        script.AddRange(
            schema
                .Views.Where(view =>
                    state.Views.Named(view.Name.Name, v => v.Name.Name, names) is not null
                )
                .Select(view => view.Definition.Raw)
        );

        return string.Concat(script.Select(End));
    }

    /// <summary>Ends the statement, which may end in a comment.</summary>
    private static string End(string statement) =>
        statement.Contains("--", StringComparison.Ordinal)
            ? $"{statement}\n;\n"
            : $"{statement};\n";

    /// <summary>How near it is: the tables and columns that it has, less those that it lacks.</summary>
    public int NearnessTo(DatabaseSchema expected)
    {
        var near = 0;
        foreach (var table in expected.Tables)
        {
            var there = schema.Tables.Named(table.Name.Name, t => t.Name.Name, names);
            near += there is null ? -1 : 1;
            foreach (var column in table.Columns)
            {
                near += there?.Columns.Named(column.Name, c => c.Name, names) is null ? -1 : 1;
            }
        }

        return near;
    }
}
