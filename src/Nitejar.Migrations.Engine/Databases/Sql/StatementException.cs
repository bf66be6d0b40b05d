using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>A statement failed, or code.</summary>
/// <param name="message">The database's own words.</param>
/// <param name="sql">The statement; of code what its author says of it, or nothing.</param>
/// <param name="cause">The driver's error.</param>
internal sealed class StatementException(string message, string sql, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>A statement failed.</summary>
    public StatementException(string message, Statement statement, Exception? cause = null)
        : this(message, statement.Sql, cause) => Effects = statement.Effects;

    /// <summary>The statement; of code what its author says of it, or nothing.</summary>
    public string Sql { get; } = sql;

    /// <summary>What the statement does by its words.</summary>
    public IReadOnlyList<Effect> Effects { get; } = [];

    /// <summary>The line of the statement on which the error is, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Why it failed, as far as it matters for what happens next.</summary>
    public StatementFault Fault { get; init; }

    /// <summary>What to do about it, where that is known; else <see langword="null"/>.</summary>
    public string? NextStep { get; init; }
}
