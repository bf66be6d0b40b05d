using System.Data;
using System.Text;
using FluentMigrator;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Collects what FluentMigrator would execute.</summary>
internal sealed class MigrationScriptBuilder(SqlGeneration generation)
{
    private readonly List<MigrationOperation> _operations = [];
    private readonly List<string> _leftOut = [];
    private readonly StringBuilder _text = new();

    /// <summary>What earlier releases made of it; <see langword="null"/> while that is the same.</summary>
    private StringBuilder? _earlier;
    private int _lines;

    public bool AskedDatabase { get; set; }

    /// <summary>What has to hold before the script runs.</summary>
    public List<
        Func<IMigrationProcessor, (string Reason, string NextStep)?>
    > Preconditions { get; } = [];

    /// <summary>Notes what the database cannot do, as a clause.</summary>
    public void NoteLeftOut(string? problem)
    {
        if (problem is not null)
        {
            _leftOut.Add(problem);
        }
    }

    /// <exception cref="FormatException">The text ends inside a quote.</exception>
    public void AddSql(string sql)
    {
        // Earlier releases did not split it.
        var earlier = SqlTerminator.TerminateAsBefore(sql);
        foreach (var batch in generation.BatchesOf(sql))
        {
            AddStatement(batch, earlier);
            earlier = "";
        }
    }

    public void AddCode(string? description, Action<IDbConnection, IDbTransaction> code)
    {
        _operations.Add(new CodeOperation(description, code));
        var comment = $"-- code: {OneLine(description ?? "Execute.WithConnection")}";
        AddText(comment, comment);
    }

    public MigrationScript Build() =>
        new(_operations, _text.ToString(), AskedDatabase)
        {
            EarlierSql = _earlier?.ToString(),
            Preconditions = Preconditions,
            LeftOut = _leftOut,
        };

    private void AddStatement(string sql, string earlier)
    {
        var statement = SqlTerminator.Terminate(sql, generation);
        if (statement.Length > 0)
        {
            _operations.Add(
                new SqlOperation(statement, _lines + 1)
                {
                    IsUnrestricted = statement.Contains(
                        SqlOperation.Unrestricted,
                        StringComparison.Ordinal
                    ),
                }
            );
            AddText(statement, earlier);
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void AddText(string text, string earlier)
    {
        if (_earlier is null && text != earlier)
        {
            _earlier = new StringBuilder().Append(_text);
        }

        AddLine(_text, text);
        if (_earlier is not null && earlier.Length > 0)
        {
            AddLine(_earlier, earlier);
        }

        _lines += 1 + text.AsSpan().Count('\n');
    }

    private static void AddLine(StringBuilder all, string text)
    {
        if (all.Length > 0)
        {
            all.Append('\n');
        }

        all.Append(text);
    }
}
