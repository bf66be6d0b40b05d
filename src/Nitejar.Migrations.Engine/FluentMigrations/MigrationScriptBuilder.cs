using System.Data;
using System.Text;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Collects what FluentMigrator would execute.</summary>
internal sealed class MigrationScriptBuilder
{
    private readonly List<MigrationOperation> _operations = [];
    private readonly StringBuilder _text = new();
    private int _lines;

    public bool AskedDatabase { get; set; }

    public void AddSql(string sql)
    {
        var statement = Terminate(sql.Trim());
        if (statement.Length > 0)
        {
            _operations.Add(new SqlOperation(statement, _lines + 1));
            AddText(statement);
        }
    }

    public void AddCode(string? description, Action<IDbConnection, IDbTransaction> code)
    {
        _operations.Add(new CodeOperation(description, code));
        AddText($"-- code: {OneLine(description ?? "Execute.WithConnection")}");
    }

    public MigrationScript Build() => new(_operations, _text.ToString(), AskedDatabase);

    /// <summary>Ends the text with a semicolon, on a line of its own where the last one may be a comment.</summary>
    private static string Terminate(string sql)
    {
        if (sql.Length == 0 || sql.EndsWith(';'))
        {
            return sql;
        }

        var lastLine = sql.AsSpan(sql.LastIndexOf('\n') + 1);
        return lastLine.Contains("--", StringComparison.Ordinal) ? sql + "\n;" : sql + ";";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void AddText(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(text);
        _lines += 1 + text.AsSpan().Count('\n');
    }
}
