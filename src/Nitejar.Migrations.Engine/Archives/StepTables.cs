using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// What the statements of a step do to the names of tables and columns, seen without executing them: which tables they
/// drop, under whatever name, and what those of before are called at the end.
/// </summary>
internal sealed class StepTables
{
    /// <summary>Names that differ from those before the step: the earlier name, or null for a table that the step makes.</summary>
    private readonly Dictionary<string, string?> _earlier;

    private readonly HashSet<string> _dropped;

    /// <summary>Renamed columns, by the table's name before the step and their own.</summary>
    private readonly Dictionary<(string Table, string Column), string> _columns;
    private readonly IEqualityComparer<string> _names;

    private StepTables(IEqualityComparer<string> names)
    {
        _names = names;
        _earlier = new(names);
        _dropped = new(names);
        _columns = new(new ColumnNames(names));
    }

    /// <summary>The tables, by their names before the step, that it drops. It may make them again.</summary>
    public IReadOnlyCollection<string> Dropped => _dropped;

    /// <summary>Follows the statements.</summary>
    /// <param name="statements">Those of the step, in order.</param>
    /// <param name="names">Tells which names are the same.</param>
    /// <param name="isThere">Whether a table exists now.</param>
    public static StepTables Of(
        IEnumerable<Statement> statements,
        IEqualityComparer<string> names,
        Func<string, bool> isThere
    )
    {
        var tables = new StepTables(names);
        foreach (var effect in statements.SelectMany(statement => statement.Effects))
        {
            tables.Follow(effect, isThere);
        }

        return tables;
    }

    private void Follow(Effect effect, Func<string, bool> isThere)
    {
        switch (effect)
        {
            case { Kind: EffectKind.MakeTable } when !IsThere(effect.Name, isThere):
                _earlier[effect.Name] = null;
                break;
            case { Kind: EffectKind.DropTable }:
                Drop(effect.Name);
                break;
            case { Kind: EffectKind.RenameTable, NewName: { } to }:
                Rename(effect.Name, to);
                break;
            case { Kind: EffectKind.RenameColumn, Column: { } column, NewName: { } to }:
                RenameColumn(effect.Name, column, to);
                break;
            default:
                break;
        }
    }

    /// <summary>The name before the step of the table that has this name at its end; <see langword="null"/> for one that the step makes.</summary>
    public string? EarlierNameOf(string table) => _earlier.GetValueOrDefault(table, table);

    /// <summary>The name at the end of the step of a table that was there before; <see langword="null"/> where it is dropped.</summary>
    public string? NameAfter(string table)
    {
        foreach (var (now, earlier) in _earlier)
        {
            if (earlier is not null && _names.Equals(earlier, table))
            {
                return now;
            }
        }

        return _earlier.ContainsKey(table) ? null : table;
    }

    /// <summary>What statements of the step may call a table that was there before: its name from then, and that from the end.</summary>
    public IEnumerable<string> NamesOf(string table)
    {
        yield return table;
        if (NameAfter(table) is { } after && !_names.Equals(after, table))
        {
            yield return after;
        }
    }

    /// <summary>The name at the end of the step of a column that was there before, unless it is dropped.</summary>
    public string NameAfter(string table, string column) =>
        _columns.GetValueOrDefault((table, column), column);

    private bool IsThere(string table, Func<string, bool> isThere) =>
        _earlier.TryGetValue(table, out var earlier) ? earlier is not null : isThere(table);

    private void Drop(string table)
    {
        if (EarlierNameOf(table) is { } earlier)
        {
            _dropped.Add(earlier);
        }

        _earlier[table] = null;
    }

    private void Rename(string from, string to)
    {
        var earlier = EarlierNameOf(from);
        _earlier[from] = null;
        _earlier[to] = earlier;
    }

    private void RenameColumn(string table, string from, string to)
    {
        if (EarlierNameOf(table) is not { } earlier)
        {
            return;
        }

        var renamed = _columns.FirstOrDefault(column =>
            _names.Equals(column.Key.Table, earlier) && _names.Equals(column.Value, from)
        );
        _columns[renamed.Value is null ? (earlier, from) : renamed.Key] = to;
    }

    private sealed class ColumnNames(IEqualityComparer<string> names)
        : IEqualityComparer<(string Table, string Column)>
    {
        public bool Equals((string Table, string Column) x, (string Table, string Column) y) =>
            names.Equals(x.Table, y.Table) && names.Equals(x.Column, y.Column);

        public int GetHashCode((string Table, string Column) name) =>
            HashCode.Combine(names.GetHashCode(name.Table), names.GetHashCode(name.Column));
    }
}
