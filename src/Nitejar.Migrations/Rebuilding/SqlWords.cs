namespace Nitejar.Migrations.Rebuilding;

/// <summary>Finds the words and names of a piece of SQL, past texts and comments, by the rules of SQLite's tokenizer.</summary>
internal static class SqlWords
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Every word, number and quoted name, the latter without its quotes.</summary>
    public static IEnumerable<(string Text, bool IsQuoted)> In(string sql)
    {
        for (var at = 0; at < sql.Length; )
        {
            var end = EndOf(sql, at);
            if (sql[at] is '"' or '`' or '[')
            {
                var quote = sql[at] == '[' ? "]" : sql[at].ToString();
                var name = sql[(at + 1)..Math.Max(at + 1, end - 1)];
                yield return (name.Replace(quote + quote, quote, StringComparison.Ordinal), true);
            }
            else if (IsPartOfWord(sql[at]) && sql[at] != ByteOrderMark)
            {
                yield return (sql[at..end], false);
            }

            at = end;
        }
    }

    private static int EndOf(string sql, int start) =>
        sql[start] switch
        {
            '"' or '`' or '\'' => PastQuoted(sql, start, sql[start]),
            '[' => Past(sql, start, "]"),
            '-' when sql.AsSpan(start).StartsWith("--") => Past(sql, start, "\n"),
            // From behind its own star: "/*/" is not closed.
            '/' when sql.AsSpan(start).StartsWith("/*") => Past(sql, start + 2, "*/"),
            // A blank before a word, and part of a name inside one.
            ByteOrderMark => start + 1,
            _ => PastWord(sql, start),
        };

    private static int Past(string sql, int start, string end)
    {
        var at = sql.IndexOf(end, start, StringComparison.Ordinal);
        return at < 0 ? sql.Length : at + end.Length;
    }

    /// <summary>A doubled quote stands for itself.</summary>
    private static int PastQuoted(string sql, int start, char quote)
    {
        for (var at = start + 1; at < sql.Length; at++)
        {
            if (sql[at] == quote && (at + 1 == sql.Length || sql[at + 1] != quote))
            {
                return at + 1;
            }

            at += sql[at] == quote ? 1 : 0;
        }

        return sql.Length;
    }

    private static int PastWord(string sql, int start)
    {
        var at = start;
        while (at < sql.Length && IsPartOfWord(sql[at]))
        {
            at++;
        }

        return Math.Max(at, start + 1);
    }

    private static bool IsPartOfWord(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= '\u0080';
}
