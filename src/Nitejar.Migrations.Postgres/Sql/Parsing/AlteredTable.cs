using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>What the clauses of an ALTER TABLE come to.</summary>
/// <param name="table">The table.</param>
internal sealed class AlteredTable(ObjectName table)
{
    private readonly List<Effect> _effects = [];

    /// <summary>The table.</summary>
    public ObjectName Table => table;

    /// <summary>What is done to it so far.</summary>
    public List<Effect> Effects => _effects;

    /// <summary>Whether its rows have to be unique.</summary>
    public bool MakesUnique { get; set; }

    /// <summary>Whether more may be touched than the effects say.</summary>
    public bool HasOtherEffects { get; set; }

    /// <summary>Adds an effect.</summary>
    public bool Add(Effect effect)
    {
        _effects.Add(effect);
        return true;
    }

    /// <summary>Adds a clause that touches no rows. It is told once, whatever the number of clauses.</summary>
    public bool AddPlain()
    {
        foreach (var effect in _effects)
        {
            if (effect.Kind == EffectKind.AlterObject)
            {
                return true;
            }
        }

        return Add(new Effect(EffectKind.AlterObject, table) { Table = table });
    }

    /// <summary>Adds a clause by which rows go to another schema, or come and go with a partition or a child.</summary>
    public bool AddOther()
    {
        HasOtherEffects = true;
        return true;
    }
}
