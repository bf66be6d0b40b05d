namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Check">The check that found it.</param>
/// <param name="Place">Where: a table, an index, a column; the migration itself where it failed.</param>
/// <param name="Problem">What, in a few words: <c>the index is not as before</c>.</param>
/// <param name="Before">What it was, in SQL's words or as values; <see langword="null"/> where it was not there.</param>
/// <param name="After">What it is; <see langword="null"/> where it is not there.</param>
public sealed record Finding(
    VerifyCheck Check,
    string Place,
    string Problem,
    string? Before,
    string? After
)
{
    /// <summary>The SQL that failed, or what else belongs to the problem; <see langword="null"/> for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether rows or values are gone that <c>[LosesData]</c> may declare.</summary>
    public bool IsLoss { get; init; }
}

/// <summary>What is checked, in this order.</summary>
public enum VerifyCheck
{
    /// <summary>The Up runs on tables with rows.</summary>
    Applies,

    /// <summary>Rows that the Up does not change or delete by a statement are there afterwards.</summary>
    KeepsRows,

    /// <summary>The Down runs.</summary>
    Reverts,

    /// <summary>After the Down, schema, rows and counters are as before the Up.</summary>
    Undoes,

    /// <summary>The Up runs again and makes the same.</summary>
    AppliesAgain,

    /// <summary>After a Down and an Up, the rows that were written in between are back.</summary>
    Restores,

    /// <summary>Without any row, all Ups, all Downs and all Ups run and make the same schema.</summary>
    Empty,

    /// <summary>With rows, all Downs and all Ups run, nothing of the schema is left in between, and all is as before at the end.</summary>
    Chain,

    /// <summary>A second run of all Ups does nothing.</summary>
    FixedPoint,

    /// <summary>A released schema becomes the same as a new database.</summary>
    Released,
}
