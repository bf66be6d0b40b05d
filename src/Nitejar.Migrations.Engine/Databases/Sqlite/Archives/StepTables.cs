namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// What the statements of a step will do to tables, seen before the first of them is executed: which tables they drop,
/// under whatever name, and which table of now will have a name at the end.
/// </summary>
internal sealed class StepTables
{
    /// <summary>Names that differ from those before the step: the earlier name, or null for a table that the step makes.</summary>
    private readonly Dictionary<string, string?> _earlier = new(SqliteNames.Comparer);

    private readonly HashSet<string> _dropped = new(SqliteNames.Comparer);

    private StepTables() { }

    /// <summary>The tables, by their names before the step, that it drops. It may make them again.</summary>
    public IReadOnlyCollection<string> Dropped => _dropped;

    /// <summary>Follows the statements.</summary>
    /// <param name="statements">Those of the step, in order.</param>
    /// <param name="isThere">Whether a table exists now.</param>
    public static StepTables Of(IEnumerable<SqliteStatement> statements, Func<string, bool> isThere)
    {
        var tables = new StepTables();
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case { Kind: StatementKind.Additive, Table: { } made, Column: null }
                    when !tables.IsThere(made, isThere):
                    tables._earlier[made] = null;
                    break;
                case { Kind: StatementKind.DropTable, Table: { } dropped }:
                    tables.Drop(dropped);
                    break;
                case { Kind: StatementKind.RenameTable, Table: { } from, NewName: { } to }:
                    tables.Rename(from, to);
                    break;
            }
        }

        return tables;
    }

    /// <summary>The name before the step of the table that has this name at its end; <see langword="null"/> for one that the step makes.</summary>
    public string? EarlierNameOf(string table) => _earlier.GetValueOrDefault(table, table);

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
}
