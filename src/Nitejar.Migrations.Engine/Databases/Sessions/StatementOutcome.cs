namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>What is there of a statement that is executed outside of a transaction, and may have been interrupted.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Repair">Where it is half done: what is left of it, as part of a sentence, and the statements, each to be executed alone, that lead to one of the other states.</param>
internal sealed record StatementOutcome(
    StatementState State,
    (string Leftover, IReadOnlyList<string> Statements) Repair
)
{
    /// <summary>Nothing of it is there, or executing it again does no harm.</summary>
    public static StatementOutcome NotExecuted { get; } = new(StatementState.NotExecuted, ("", []));

    /// <summary>All that it does is there.</summary>
    public static StatementOutcome Executed { get; } = new(StatementState.Executed, ("", []));
}

/// <summary>How far a statement has come.</summary>
internal enum StatementState
{
    /// <summary>Nothing of it is there, or executing it again does no harm.</summary>
    NotExecuted,

    /// <summary>All that it does is there.</summary>
    Executed,

    /// <summary>It was interrupted, and what it has left is in the way.</summary>
    Incomplete,
}
