namespace Nitejar.Migrations.Engine.Statements;

/// <summary>A statement and what its words say of it.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Effects">What it does, in its order; empty where its words do not tell.</param>
internal sealed record Statement(string Sql, IReadOnlyList<Effect> Effects) : IStepOperation
{
    /// <summary>The line of its text on which it starts, from 1; of a statement of a step, that of the step's SQL.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Whether it may use other files and every pragma. Never of SQL that was stored.</summary>
    public bool IsUnrestricted { get; init; }

    /// <summary>Objects of other schemas that it names. What it does to them is none of its effects: their tables may have the names of this one's.</summary>
    public IReadOnlyList<ObjectName> Elsewhere { get; init; } = [];

    /// <summary>Whether it begins or ends a transaction.</summary>
    public bool ControlsTransaction { get; init; }

    /// <summary>Whether it makes a table of the rows that a query finds (<c>CREATE TABLE ... AS</c>).</summary>
    public bool MakesTableOfQuery { get; init; }

    /// <summary>Whether the rows of the table of a new index have to be unique.</summary>
    public bool MakesUnique { get; init; }

    /// <summary>Whether it inserts rows that it lists itself (<c>VALUES</c>), rather than rows from elsewhere.</summary>
    public bool InsertsValues { get; init; }

    /// <summary>The list of the columns that it gives values, as it stands in the SQL; <see langword="null"/> where it inserts without one.</summary>
    public string? InsertedColumns { get; init; }

    /// <summary>The query that finds the rows which it inserts; <see langword="null"/> where it lists them or the query cannot be told apart.</summary>
    public string? Query { get; init; }

    /// <summary>Whether a part of it changes rows that the database does not count with the others (<c>WITH ... AS (DELETE ...)</c>).</summary>
    public bool ChangesWithin { get; init; }

    /// <summary>Whether it removes the rows that are in the way of what it writes.</summary>
    public bool ReplacesRows { get; init; }

    /// <summary>Whether it may touch more than its effects say: what CASCADE drops along, what a function does that it calls.</summary>
    public bool HasOtherEffects { get; init; }

    /// <summary>Whether it adds objects or plain columns, or alters what holds no rows, and does nothing else, so that it cannot touch rows that exist.</summary>
    /// <remarks>A column that refers to a parent may be added with a value that has none.</remarks>
    public bool OnlyAdds =>
        Effects.Count > 0 && Effects.All(Adds) && !AddsReferringColumn && !HasOtherEffects;

    /// <summary>Whether nothing is known of the rows that it may touch.</summary>
    public bool IsOpaque =>
        (Effects.Count == 0 && !ControlsTransaction)
        || Has(EffectKind.DropObject)
        || AddsReferringColumn
        || HasOtherEffects;

    /// <summary>A statement whose words do not tell what it does.</summary>
    public static Statement Opaque(string sql) => new(sql, []);

    private bool AddsReferringColumn => Has(EffectKind.AddColumn) && Has(EffectKind.Refer);

    /// <summary>Whether it has an effect of this kind.</summary>
    public bool Has(EffectKind kind)
    {
        foreach (var effect in Effects)
        {
            if (effect.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Its effects of one kind, in their order.</summary>
    public IEnumerable<Effect> Of(EffectKind kind) => Effects.Where(effect => effect.Kind == kind);

    private static bool Adds(Effect effect) =>
        effect.Kind
            is EffectKind.MakeTable
                or EffectKind.MakeIndex
                or EffectKind.MakeView
                or EffectKind.MakeTrigger
                or EffectKind.AddColumn
                or EffectKind.Refer
                or EffectKind.AlterObject;
}
