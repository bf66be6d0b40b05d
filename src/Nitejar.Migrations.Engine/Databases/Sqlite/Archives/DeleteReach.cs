using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

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
    /// <param name="connection">The connection of the run.</param>
    /// <param name="table">The table that rows are deleted from.</param>
    /// <param name="withActions">Whether ON DELETE takes effect.</param>
    public static DeleteReach Of(SqliteConnection connection, string table, bool withActions)
    {
        var tables = new List<string> { table };
        var columns = new List<(string Table, string Column)>();
        if (withActions)
        {
            Follow(ActionsOf(connection), tables, columns);
        }

        var others = tables.Exists(name => HasTriggers(connection, name))
            ? SqliteRows.Tables(connection).Except(tables, SqliteNames.Comparer)
            : [];
        return new DeleteReach(tables, columns, [.. others]);
    }

    private static void Follow(
        List<Action> actions,
        List<string> tables,
        List<(string Table, string Column)> columns
    )
    {
        for (var i = 0; i < tables.Count; i++)
        {
            foreach (
                var action in actions.Where(a => SqliteNames.Comparer.Equals(a.Parent, tables[i]))
            )
            {
                if (action.OnDelete != "CASCADE")
                {
                    columns.Add((action.Child, action.Column));
                }
                else if (!tables.Contains(action.Child, SqliteNames.Comparer))
                {
                    tables.Add(action.Child);
                }
            }
        }
    }

    private static List<Action> ActionsOf(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT m.name, k."from", k."table", k.on_delete
            FROM main.sqlite_master AS m, pragma_foreign_key_list(m.name, 'main') AS k
            WHERE m.type = 'table' AND k.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
            """,
            row => new Action(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3)
            )
        );

    private static bool HasTriggers(SqliteConnection connection, string table) =>
        connection.Any(
            "SELECT 1 FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = $table COLLATE NOCASE",
            ("$table", table)
        );

    private sealed record Action(string Child, string Column, string Parent, string OnDelete);
}
