using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Which names tables and columns had before a step. They are the ones that the next Up gives them again, whatever a
/// Down calls them before it drops them. Where a statement is not understood, the name of now is the one of then.
/// </summary>
internal sealed class EarlierNames(ISession session)
{
    private readonly Dictionary<string, string?> _tables = new(session.Dialect.Names);
    private readonly Dictionary<string, Dictionary<string, string?>> _columns = new(
        session.Dialect.Names
    );

    private bool _wasThere;

    /// <summary>The tables that were made since; some of them may be gone again.</summary>
    public IEnumerable<string> Made
    {
        get
        {
            foreach (var (table, earlier) in _tables)
            {
                if (earlier is null)
                {
                    yield return table;
                }
            }
        }
    }

    /// <summary>The table's name then; <see langword="null"/> where it was made since.</summary>
    public string? OfTable(string table) =>
        _tables.TryGetValue(table, out var earlier) ? earlier : table;

    /// <summary>The name then of a table's column; <see langword="null"/> where it was added since.</summary>
    public string? OfColumn(string table, string column) =>
        _columns.TryGetValue(table, out var columns) && columns.TryGetValue(column, out var earlier)
            ? earlier
            : column;

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(Statement statement) =>
        _wasThere = statement.Table is { } table && session.Tables.Exists(table);

    /// <summary>Notes what the statement has made, renamed or dropped.</summary>
    public void After(Statement statement)
    {
        switch (statement)
        {
            case { Kind: StatementKind.RenameTable }:
                RenameTable(statement.Table!, statement.NewName!);
                break;
            case { Kind: StatementKind.RenameColumn }
                when !session.Tables.IsHidden(statement.Table!):
                RenameColumn(statement.Table!, statement.Column!, statement.NewName!);
                break;
            case { Kind: StatementKind.RenameColumn }:
                break;
            case { Table: { } table, Column: { } column } when !session.Tables.IsHidden(table):
                // Whether it was added or dropped: what has the name from here on had none then.
                ColumnsOf(table)[column] = null;
                break;
            case { Table: { } table, Column: null } when _wasThere != session.Tables.Exists(table):
                _tables[table] = null;
                _columns.Remove(table);
                break;
            default:
                break;
        }
    }

    private void RenameTable(string from, string to)
    {
        var isSame = session.Dialect.Names.Equals(from, to);
        if (isSame || session.Tables.Exists(from))
        {
            // Spelled anew, or a temporary table that hides this one.
            return;
        }

        var earlier = OfTable(from);
        _tables[from] = null;
        _tables[to] = earlier;
        if (_columns.Remove(from, out var columns))
        {
            _columns[to] = columns;
        }
    }

    private void RenameColumn(string table, string from, string to)
    {
        var earlier = OfColumn(table, from);
        var columns = ColumnsOf(table);
        columns[from] = null;
        columns[to] = earlier;
    }

    private Dictionary<string, string?> ColumnsOf(string table)
    {
        if (!_columns.TryGetValue(table, out var columns))
        {
            _columns[table] = columns = new(session.Dialect.Names);
        }

        return columns;
    }
}
