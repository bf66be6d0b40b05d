using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>The statements of one step, known before the first of them is executed. They are parsed when first asked for.</summary>
internal sealed class StepStatements(MigrationScript script, IDialect dialect)
{
    /// <summary>Every statement in order; code, of which nothing is known, is left out.</summary>
    public IReadOnlyList<Statement> All =>
        field ??= [
            .. script
                .Operations.OfType<SqlOperation>()
                .SelectMany(operation => dialect.Parse(operation.Sql)),
        ];

    /// <summary>Whether the step runs code beside its statements.</summary>
    public bool RunsCode => script.RunsCode;

    /// <summary>Whether the text has this word anywhere. Asked first, since it is far cheaper than parsing.</summary>
    public bool Mentions(string word) =>
        script.Sql.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one of the statements may be of one of these kinds. Asked first, as <see cref="Mentions"/>.</summary>
    public bool MayHave(params ReadOnlySpan<string> verbs) => SqlVerbs.MayHave(script.Sql, verbs);
}
