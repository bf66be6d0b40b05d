using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>A table: an ordinary one, whose triggers are noted.</summary>
internal static class TablePoints
{
    /// <summary>The table of the database that has the name; <see langword="null"/>, with a point, if it is missing or another kind of object.</summary>
    public static Table? Find(PointList points, Table expected, DatabaseSchema found)
    {
        var name = expected.Name.Name;
        var table = found.Tables.Named(name, t => t.Name.Name, points.Names);
        if (table is { Traits.Kind: TableKind.Ordinary, Unreadable: null })
        {
            return table;
        }

        points.Refuse(
            WordsOf(expected),
            $"a {SchemaWords.Of(expected.Traits.Kind)}",
            table is null ? ViewOf(points, name, found) : WordsOfKind(table)
        );
        return null;
    }

    public static void Judge(PointList points, Table expected, Table found)
    {
        var name = WordsOf(expected);
        if (expected.Traits.HasRowId && !found.Traits.HasRowId)
        {
            points.Note(name, "rowids", "WITHOUT ROWID");
        }

        if (!expected.Traits.IsStrict && found.Traits.IsStrict)
        {
            points.Note(name, null, "STRICT");
        }

        if (expected.Traits.IsStrict && !found.Traits.IsStrict)
        {
            points.Refuse(name, "STRICT", null);
        }

        JudgeTriggers(points, expected, found);
    }

    private static void JudgeTriggers(PointList points, Table expected, Table found)
    {
        foreach (var trigger in expected.Triggers)
        {
            var other = found.Triggers.Named(trigger.Name, t => t.Name, points.Names);
            if (other?.Definition.Normal != trigger.Definition.Normal)
            {
                points.Refuse(
                    $"trigger {trigger.Name}",
                    trigger.Definition.Raw,
                    other?.Definition.Raw
                );
            }
        }

        foreach (var trigger in found.Triggers)
        {
            if (expected.Triggers.Named(trigger.Name, t => t.Name, points.Names) is null)
            {
                points.Note(
                    $"trigger {trigger.Name}",
                    null,
                    $"a trigger on {expected.Name}, which fires in later migrations too"
                );
            }
        }
    }

    private static string WordsOfKind(Table table) =>
        table.Unreadable is { } why
            ? $"a table that cannot be read ({why})"
            : $"a {SchemaWords.Of(table.Traits.Kind)} table";

    private static string? ViewOf(PointList points, string name, DatabaseSchema found) =>
        found.Views.Named(name, v => v.Name.Name, points.Names) is null ? null : "a view";

    private static string WordsOf(Table table) => Naming.Words("table", table.Name);
}
