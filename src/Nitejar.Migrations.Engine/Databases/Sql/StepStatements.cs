using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>
/// What one step executes, known before the first of it is executed. The SQL is parsed once, when its statements are
/// first asked for: what is checked, forecast, watched and executed are the same statements.
/// </summary>
/// <param name="script">What the step executes.</param>
/// <param name="dialect">Parses it; <see langword="null"/> before the database exists.</param>
internal sealed class StepStatements(MigrationScript script, IDialect? dialect)
{
    /// <summary>Every statement, and all code, in order.</summary>
    public IReadOnlyList<IStepOperation> Operations =>
        field ??= dialect is null
            ? []
            : [.. script.Operations.SelectMany(operation => OperationsOf(operation, dialect))];

    /// <summary>Every statement in order; code, of which nothing is known, is left out.</summary>
    public IReadOnlyList<Statement> All => field ??= [.. Operations.OfType<Statement>()];

    /// <summary>Whether the step runs code beside its statements.</summary>
    public bool RunsCode => script.RunsCode;

    /// <summary>Whether the text has this word anywhere. Asked first, since it is far cheaper than parsing.</summary>
    public bool Mentions(string word) =>
        script.Sql.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one of the statements may be of one of these kinds. Asked first, as <see cref="Mentions"/>.</summary>
    public bool MayHave(params ReadOnlySpan<string> verbs) => SqlVerbs.MayHave(script.Sql, verbs);

    private static IEnumerable<IStepOperation> OperationsOf(
        MigrationOperation operation,
        IDialect dialect
    ) =>
        operation switch
        {
            SqlOperation sql => dialect
                .Parse(sql.Sql)
                .Select(statement =>
                    statement with
                    {
                        Line = sql.Line + statement.Line - 1,
                        IsUnrestricted = sql.IsUnrestricted,
                    }
                ),
            CodeOperation code => [new StepCode(code)],
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
}
