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

    private readonly HashSet<string> _wereThere = new(session.Dialect.Names);

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
    public void Before(Statement statement)
    {
        _wereThere.Clear();
        foreach (var effect in statement.Effects)
        {
            // Each question is a way to a server and back, and only these are compared with what is there afterwards.
            if (
                effect.Kind is EffectKind.MakeTable or EffectKind.DropTable
                && !effect.IsToldBySuccess
                && session.Tables.Exists(effect.Name)
            )
            {
                _wereThere.Add(effect.Name);
            }
        }
    }

    /// <summary>Notes what the statement has made, renamed or dropped.</summary>
    public void After(Statement statement)
    {
        foreach (var effect in statement.Effects)
        {
            After(effect);
        }
    }

    private void After(Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.RenameTable:
                RenameTable(effect.Name, effect.NewName!);
                break;

            case EffectKind.RenameColumn when !session.Tables.IsHidden(effect.Name):
                RenameColumn(effect.Name, effect.Column!, effect.NewName!);
                break;

            case EffectKind.AddColumn
            or EffectKind.DropColumn when !session.Tables.IsHidden(effect.Name):
                // What has the name from here on had none then.
                ColumnsOf(effect.Name)[effect.Column!] = null;
                break;

            case EffectKind.MakeTable
            or EffectKind.DropTable
                when effect.IsToldBySuccess
                    || _wereThere.Contains(effect.Name) != session.Tables.Exists(effect.Name):
                _tables[effect.Name] = null;
                _columns.Remove(effect.Name);
                break;

            case EffectKind.MakeTable:
            case EffectKind.MakeIndex:
            case EffectKind.MakeView:
            case EffectKind.MakeTrigger:
            case EffectKind.AddColumn:
            case EffectKind.Refer:
            case EffectKind.DropTable:
            case EffectKind.DropColumn:
            case EffectKind.DropObject:
            case EffectKind.AlterObject:
            case EffectKind.RenameColumn:
            case EffectKind.Insert:
            case EffectKind.Update:
            case EffectKind.Delete:
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private void RenameTable(string from, string to)
    {
        var isSame = session.Dialect.Names.Equals(from, to);
        if (isSame || session.Tables.Exists(from))
        {
            // Spelled differently, or a temporary table that hides this one.
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
