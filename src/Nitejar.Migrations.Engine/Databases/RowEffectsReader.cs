using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>Tells from statements which rows they may change or delete, through foreign keys too.</summary>
/// <param name="before">What the database looks like before them.</param>
/// <param name="names">Which names are the same.</param>
/// <param name="mayWriteRows">Whether a statement of which nothing is known may write rows.</param>
internal sealed class RowEffectsReader(
    DatabaseSchema before,
    IEqualityComparer<string> names,
    Func<string, bool> mayWriteRows
)
{
    private readonly Dictionary<string, IReadOnlySet<string>?> _tables = new(names);

    /// <summary>Reads them in their order.</summary>
    public RowEffects Read(IEnumerable<Statement> statements)
    {
        var unknown = false;
        foreach (var statement in statements)
        {
            unknown |= !Add(statement);
        }

        AddChildren();
        return new RowEffects(_tables) { AreUnknown = unknown };
    }

    /// <returns>Whether it can be told.</returns>
    private bool Add(Statement statement)
    {
        if (statement.IsOpaque && mayWriteRows(statement.Sql))
        {
            return false;
        }

        var isKnown = true;
        foreach (var effect in statement.Effects)
        {
            if (effect.Kind is EffectKind.Insert or EffectKind.Update or EffectKind.Delete)
            {
                isKnown &= !FiresTriggers(effect.Name);
            }

            if (effect.Kind == EffectKind.Delete)
            {
                _tables[effect.Name] = null;
            }
            else if (effect.Kind == EffectKind.Update)
            {
                AddColumn(effect.Name, effect.Column!);
            }
            else if (
                effect.Kind == EffectKind.RenameTable
                && _tables.TryGetValue(effect.Name, out var known)
            )
            {
                _tables[effect.NewName!] = known;
            }
        }

        return isKnown;
    }

    private void AddColumn(string table, string column)
    {
        if (_tables.TryGetValue(table, out var known) && known is null)
        {
            return;
        }

        _tables[table] = (known ?? new HashSet<string>()).Append(column).ToHashSet(names);
    }

    private bool FiresTriggers(string table) =>
        before.Tables.Any(t => names.Equals(t.Name.Name, table) && t.Triggers.Count > 0)
        || before.Views.Any(v => names.Equals(v.Name.Name, table));

    /// <summary>What a foreign key does to rows when their parents go or change.</summary>
    private void AddChildren()
    {
        for (var found = true; found; )
        {
            found = false;
            foreach (var child in before.Tables.Where(t => IsUntouched(t.Name.Name)))
            {
                if (child.ForeignKeys.Any(key => _tables.ContainsKey(key.Table.Name) && Acts(key)))
                {
                    _tables[child.Name.Name] = null;
                    found = true;
                }
            }
        }

        bool IsUntouched(string table) =>
            !_tables.TryGetValue(table, out var columns) || columns is not null;
    }

    private static bool Acts(ForeignKey key) => Acts(key.OnDelete) || Acts(key.OnUpdate);

    private static bool Acts(ReferentialAction action) =>
        action
            is ReferentialAction.Cascade
                or ReferentialAction.SetNull
                or ReferentialAction.SetDefault;
}
