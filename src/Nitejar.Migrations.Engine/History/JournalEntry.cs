using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.History;

/// <summary>What a journal row says of its step. Steps that failed in a transaction are rolled back, their row included.</summary>
public enum JournalOutcome
{
    /// <summary>The Up was executed.</summary>
    Applied,

    /// <summary>The Down was executed.</summary>
    Reverted,

    /// <summary>The objects were there already and were taken over; nothing was executed.</summary>
    Adopted,

    /// <summary>A changed Up of an applied migration was accepted; nothing was executed.</summary>
    Accepted,

    /// <summary>The database was replaced by a backup, whose name stands in place of a migration's.</summary>
    Restored,

    /// <summary>One statement of a migration without a transaction is about to be executed.</summary>
    Started,

    /// <summary>That statement was executed.</summary>
    Executed,
}

/// <summary>How an applied migration can be reverted.</summary>
public enum Reversal
{
    /// <summary>By the SQL stored in the journal; any binary can.</summary>
    Sql,

    /// <summary>By code (<c>Execute.WithConnection</c>); only a binary that has the migration can.</summary>
    Code,

    /// <summary>Not at all: its Down threw when it was evaluated.</summary>
    None,
}

/// <summary>One row of <c>VersionJournal</c>, without the SQL texts, which can be large.</summary>
/// <param name="Id">Grows with every row; 0 for an entry that is not written yet.</param>
/// <param name="RunId">Shared by all steps of a run.</param>
/// <param name="Migration">Which migration.</param>
/// <param name="Direction">Up or down.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Checksum">SHA-256 of the up SQL, lower-case hexadecimal; <see langword="null"/> when the migration asked the database while it was evaluated, runs code, or when the row is of a Down.</param>
/// <param name="Reversal">How it can be reverted.</param>
/// <param name="ReversalNote">Why it cannot, what its code says of itself, or the notes of an adoption, a line each; else <see langword="null"/>.</param>
/// <param name="Origin">Which program wrote the row.</param>
/// <param name="StartedAt">UTC, by the clock of the machine that ran the step.</param>
/// <param name="Duration">Of this step alone.</param>
/// <param name="Statement">Of a migration without a transaction: which statement, from 1, or at its end how many; else <see langword="null"/>.</param>
public sealed record JournalEntry(
    long Id,
    string RunId,
    MigrationId Migration,
    Direction Direction,
    JournalOutcome Outcome,
    string? Checksum,
    Reversal Reversal,
    string? ReversalNote,
    RunOrigin Origin,
    DateTime StartedAt,
    TimeSpan Duration,
    int? Statement = null
);

/// <summary>The SQL of a journaled step.</summary>
/// <param name="UpSql">What was executed to apply; <see langword="null"/> on rows of a Down.</param>
/// <param name="DownSql">What reverts it, or for rows of a Down what did; <see langword="null"/> where code or nothing does.</param>
internal sealed record JournalSql(string? UpSql, string? DownSql)
{
    /// <summary>Of the last migration of an adoption: the SQL that makes the adopted objects as they were found, beside plain tables of other owners; else <see langword="null"/>.</summary>
    public string? AdoptedSchema { get; init; }

    /// <summary>Of the last row of what is committed together: what has changed in the schema, as <see cref="Definitions.DefinitionRecord"/> has it; else <see langword="null"/>.</summary>
    public string? Definitions { get; init; }
}
