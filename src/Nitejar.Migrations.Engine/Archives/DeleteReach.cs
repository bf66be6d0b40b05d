using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>What a DELETE from a table can take with it: rows of other tables, and values of columns.</summary>
/// <param name="Tables">The table itself, and those whose rows ON DELETE CASCADE takes.</param>
/// <param name="Columns">Referring columns that ON DELETE sets to NULL or to their default.</param>
/// <param name="Others">Tables from which a trigger may delete; what it really does is not known.</param>
internal sealed record DeleteReach(
    IReadOnlyList<string> Tables,
    IReadOnlyList<(string Table, string Column)> Columns,
    IReadOnlyList<string> Others
)
{
    /// <summary>Looks at foreign keys and triggers.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="table">The table that rows are deleted from.</param>
    /// <param name="withActions">Whether ON DELETE takes effect.</param>
    public static DeleteReach Of(ISession session, string table, bool withActions)
    {
        var tables = new List<string> { table };
        var columns = new List<(string Table, string Column)>();
        if (withActions)
        {
            Follow(session, tables, columns);
        }

        var others = tables.Exists(name => session.HasTriggers(name))
            ? session.Tables.ReadNames().Except(tables, session.Dialect.Names)
            : [];
        return new DeleteReach(tables, columns, [.. others]);
    }

    private static void Follow(
        ISession session,
        List<string> tables,
        List<(string Table, string Column)> columns
    )
    {
        var names = session.Dialect.Names;
        var actions = session.Tables.ReadDeleteActions();
        for (var i = 0; i < tables.Count; i++)
        {
            foreach (var action in actions.Where(a => names.Equals(a.Parent, tables[i])))
            {
                if (!action.Cascades)
                {
                    columns.Add((action.Child, action.Column));
                }
                else if (!tables.Contains(action.Child, names))
                {
                    tables.Add(action.Child);
                }
            }
        }
    }
}
