using System.Text;

namespace Nitejar.Migrations.Postgres.Sql.Lexing;

/// <summary>Finds the code that DO and routines hold as texts. What it puts together at run time is not seen.</summary>
internal static class PostgresCode
{
    /// <summary>How deep texts in texts are read: the code, what it executes, and what that quotes.</summary>
    public const int Deepest = 3;

    /// <summary>Whether the texts of a statement are code.</summary>
    public static bool IsHeldBy(string sql)
    {
        var tokens = new PostgresTokens(sql);
        if (tokens.Skip("DO"))
        {
            return true;
        }

        if (!tokens.Skip("CREATE"))
        {
            return false;
        }

        tokens.Skip("OR", "REPLACE");
        return tokens.SkipOneOf("FUNCTION", "PROCEDURE");
    }

    /// <summary>A statement and those that its code may execute, each from its beginning, whatever stands behind it.</summary>
    public static IReadOnlyList<string> StatementsOf(string sql)
    {
        if (!IsHeldBy(sql))
        {
            return [sql];
        }

        var statements = new List<string> { sql };
        AddTexts(sql, statements, Deepest);
        return statements;
    }

    private static void AddTexts(ReadOnlySpan<char> sql, List<string> statements, int depth)
    {
        var tokens = new PostgresTokens(sql);
        while (!tokens.AtEnd())
        {
            if (PostgresConstant.TextOf(tokens.Next()) is { } code)
            {
                AddStatements(code, statements);
                if (depth > 1)
                {
                    AddTexts(code, statements, depth - 1);
                }
            }
        }
    }

    private static void AddStatements(string code, List<string> statements)
    {
        var tokens = new PostgresTokens(code);
        var start = 0;
        while (!tokens.AtEnd())
        {
            if (BeginsStatement(tokens.Next()))
            {
                statements.Add(code[start..^tokens.Left]);
                start = code.Length - tokens.Left;
            }
        }

        statements.Add(code[start..]);
    }

    /// <summary>Whether a statement of PL/pgSQL may stand behind the word.</summary>
    private static bool BeginsStatement(ReadOnlySpan<char> word) =>
        word is ";"
        || Is(word, "BEGIN")
        || Is(word, "THEN")
        || Is(word, "ELSE")
        || Is(word, "LOOP");

    private static bool Is(ReadOnlySpan<char> word, string keyword) =>
        Ascii.EqualsIgnoreCase(word, keyword);
}
