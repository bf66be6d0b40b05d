using System.Text;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>One statement of a longer text.</summary>
/// <param name="Sql">The statement with its comments, without its semicolon and without the blanks around it.</param>
/// <param name="Line">The line of the text on which it starts, from 1.</param>
internal sealed record PostgresText(string Sql, int Line);

/// <summary>
/// Finds the statements of a text as psql does. Each is sent to the server by itself, which refuses one that was cut too
/// early or that holds two.
/// </summary>
internal static class PostgresStatements
{
    /// <summary>The statements in order. A text that ends inside one counts as one; blanks and comments alone do not.</summary>
    public static IReadOnlyList<PostgresText> Split(string sql)
    {
        var statements = new List<PostgresText>();
        var tokens = new PostgresTokens(sql);
        var line = 1;
        while (tokens.Left > 0)
        {
            var start = sql.Length - tokens.Left;
            var isStatement = !tokens.AtEnd() && !tokens.Is(";");
            PassStatement(ref tokens);
            var text = sql.AsSpan(start, sql.Length - tokens.Left - start);
            if (isStatement)
            {
                statements.Add(
                    new PostgresText(SqlBlanks.Trim(text), line + SqlBlanks.LeadingLines(text))
                );
            }

            line += text.Count('\n');
            tokens.Skip(";");
        }

        return statements;
    }

    /// <summary>Reads up to the semicolon that ends the statement. One in parentheses does not, nor one in the body of a routine.</summary>
    private static void PassStatement(ref PostgresTokens tokens)
    {
        var ahead = tokens;
        var mayHaveBody = SkipCreateRoutine(ref ahead);
        var (parentheses, blocks) = (0, 0);
        var isName = false;
        while (!tokens.AtEnd())
        {
            if (parentheses == 0 && blocks == 0 && tokens.Is(";"))
            {
                return;
            }

            var word = tokens.Next();
            if (word is "(")
            {
                parentheses++;
            }
            else if (word is ")")
            {
                parentheses -= parentheses > 0 ? 1 : 0;
            }
            else if (mayHaveBody && parentheses == 0 && !isName)
            {
                blocks += BlocksOpenedBy(word, blocks, ref tokens);
            }

            isName = word is "." || Is(word, "AS");
        }
    }

    /// <summary>CASE ends with END as well.</summary>
    private static int BlocksOpenedBy(
        ReadOnlySpan<char> word,
        int blocks,
        ref PostgresTokens tokens
    ) =>
        blocks == 0 ? (Is(word, "BEGIN") && tokens.Skip("ATOMIC") ? 1 : 0)
        : Is(word, "CASE") ? 1
        : Is(word, "END") ? -1
        : 0;

    private static bool SkipCreateRoutine(ref PostgresTokens tokens)
    {
        if (!tokens.Skip("CREATE"))
        {
            return false;
        }

        tokens.Skip("OR", "REPLACE");
        return tokens.Skip("FUNCTION") || tokens.Skip("PROCEDURE");
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) =>
        Ascii.EqualsIgnoreCase(word, keyword);
}
