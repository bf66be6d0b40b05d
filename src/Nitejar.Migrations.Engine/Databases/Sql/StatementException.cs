using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>A statement failed.</summary>
/// <param name="message">The database's own words.</param>
/// <param name="sql">The statement.</param>
/// <param name="statement">Which statement of the operation, from 1.</param>
/// <param name="line">The line of the operation on which the error is, from 1.</param>
/// <param name="cause">The driver's error.</param>
internal sealed class StatementException(
    string message,
    string sql,
    int statement,
    int line,
    Exception? cause = null
) : Exception(message, cause)
{
    /// <summary>The statement.</summary>
    public string Sql { get; } = sql;

    /// <summary>Which statement of the operation, from 1.</summary>
    public int Statement { get; } = statement;

    /// <summary>The line of the operation on which the error is, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What to do about it, where that is known; else <see langword="null"/>.</summary>
    public string? NextStep { get; init; }
}

/// <summary>Two runs created the same database at the same time and the other one was first. Run again: it exists now.</summary>
internal sealed class DatabaseCreatedElsewhereException()
    : Exception("Another process created the database at the same time.");
