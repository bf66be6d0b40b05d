using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>One statement of a longer text.</summary>
/// <param name="Sql">The statement with its comments and its semicolon, without the blanks around it.</param>
/// <param name="Line">The line of the text on which it starts, from 1.</param>
internal sealed record SqliteStatementText(string Sql, int Line);

/// <summary>
/// Finds the statements of a text without preparing them, since what a later one needs may not exist yet. They are
/// the ones that <see cref="SqliteScript"/> executes: SQLite itself says where one ends.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>The statements in order. A text that ends inside one counts as one; blanks and comments alone do not.</summary>
    public static IReadOnlyList<SqliteStatementText> Split(string sql)
    {
        SqliteConnections.LoadLibrary();
        var statements = new List<SqliteStatementText>();
        var line = 1;
        for (var start = 0; start < sql.Length; )
        {
            var end = EndOf(sql, start);
            var text = sql[start..end];
            if (IsStatement(text))
            {
                var blanks = text.Length - text.TrimStart().Length;
                statements.Add(
                    new SqliteStatementText(text.Trim(), line + text.AsSpan(0, blanks).Count('\n'))
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
        var hasWords = false;
        while (!tokens.AtEnd())
        {
            if (!tokens.Skip(";"))
            {
                _ = tokens.Next();
                hasWords = true;
            }
            else if (hasWords && IsComplete(sql[start..^tokens.Left]))
            {
                // Not before the first word: SQLite takes empty statements together with the one that follows.
                return sql.Length - tokens.Left;
            }
        }

        return sql.Length;
    }

    /// <summary>Whether the semicolon at the end is the statement's own, not one in the body of a trigger.</summary>
    private static bool IsComplete(string sql) => raw.sqlite3_complete(sql) != 0;

    private static bool IsStatement(string text)
    {
        var tokens = new SqliteTokens(text);
        while (tokens.Skip(";"))
        {
            // Nothing but empty statements may be left.
        }

        return !tokens.AtEnd();
    }
}
