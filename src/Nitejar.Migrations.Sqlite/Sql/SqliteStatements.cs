using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>One statement of a longer text.</summary>
/// <param name="Sql">The statement with its comments and its semicolon, without the blanks around it.</param>
/// <param name="Line">The line of the text on which it starts, from 1.</param>
internal sealed record SqliteStatementText(string Sql, int Line);

/// <summary>
/// Finds the statements of a text without preparing them, since what a later one needs may not exist yet. They are
/// the ones that SQLite itself finds, which a test compares for random texts, and each that is executed is one to it.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>The statements in order. A text that ends inside one counts as one; blanks and comments alone do not.</summary>
    public static IReadOnlyList<SqliteStatementText> Split(string sql)
    {
        var statements = new List<SqliteStatementText>();
        var line = 1;
        for (var start = 0; start < sql.Length; )
        {
            var end = EndOf(sql, start);
            var text = sql[start..end];
            if (IsStatement(text))
            {
                statements.Add(
                    new SqliteStatementText(
                        SqlBlanks.Trim(text),
                        line + SqlBlanks.LeadingLines(text)
                    )
                );
            }

            line += text.AsSpan().Count('\n');
            start = end;
        }

        return statements;
    }

    /// <summary>Behind the semicolon that ends the statement; the end of the text where none does.</summary>
    private static int EndOf(string sql, int start)
    {
        var tokens = new SqliteTokens(sql.AsSpan(start));
        tokens.SkipEmptyStatements();

        // A trigger's body has semicolons of its own. SQLite's sqlite3_complete would know, but takes a byte order
        // mark for a word.
        var isInBody = SkipCreateTrigger(ref tokens);
        while (!tokens.AtEnd())
        {
            if (!tokens.Skip(";"))
            {
                tokens.Pass();
            }
            else if (!isInBody)
            {
                break;
            }
            else
            {
                isInBody = !tokens.Skip("END");
            }
        }

        return sql.Length - tokens.Left;
    }

    private static bool SkipCreateTrigger(ref SqliteTokens tokens)
    {
        if (tokens.Skip("EXPLAIN") && tokens.Skip("QUERY"))
        {
            tokens.Skip("PLAN");
        }

        if (!tokens.Skip("CREATE"))
        {
            return false;
        }

        _ = tokens.Skip("TEMP") || tokens.Skip("TEMPORARY");
        return tokens.Skip("TRIGGER");
    }

    private static bool IsStatement(string text)
    {
        var tokens = new SqliteTokens(text);
        tokens.SkipEmptyStatements();
        return !tokens.AtEnd();
    }
}
