using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>Something that is known about rows of tables, and stays with a table that a statement renames.</summary>
/// <param name="names">Tells which names are the same.</param>
/// <param name="whenDropped">Returns what is still known when the table is dropped: one that is made again in its place may have numbered its rows again. <see langword="null"/> for nothing.</param>
internal sealed class RowsByTable<T>(IEqualityComparer<string> names, Func<T, T?> whenDropped)
    where T : class
{
    private readonly Dictionary<string, T> _tables = new(names);

    /// <summary>What is known, by the name that each table has now.</summary>
    public IReadOnlyDictionary<string, T> All => _tables;

    /// <summary>What is known of one table; <see langword="null"/> for nothing.</summary>
    public T? this[string table]
    {
        get => _tables.GetValueOrDefault(table);
        set
        {
            if (value is null)
            {
                _tables.Remove(table);
            }
            else
            {
                _tables[table] = value;
            }
        }
    }

    /// <summary>Follows what a statement has done to the tables.</summary>
    public void After(Statement statement)
    {
        foreach (var effect in statement.Effects)
        {
            if (
                effect.Kind is not (EffectKind.RenameTable or EffectKind.DropTable)
                || this[effect.Name] is not { } rows
            )
            {
                continue;
            }

            if (effect.NewName is { } name)
            {
                this[effect.Name] = null;
                this[name] = rows;
            }
            else
            {
                this[effect.Name] = whenDropped(rows);
            }
        }
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear() => _tables.Clear();
}
