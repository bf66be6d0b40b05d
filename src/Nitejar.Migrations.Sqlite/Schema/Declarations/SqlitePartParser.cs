using System.Text;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>Reads the columns and expressions of a key or an index.</summary>
internal static class SqlitePartParser
{
    /// <summary>Reads a list in parentheses and moves past it.</summary>
    public static List<PartDeclaration> TakeList(SqliteCursor cursor)
    {
        var parts = new List<PartDeclaration>();
        cursor.Skip("(");
        while (!cursor.AtEnd && !cursor.Skip(")"))
        {
            parts.Add(TakePart(cursor));
            cursor.Skip(",");
        }

        return parts;
    }

    /// <summary>Reads a list of names in parentheses and moves past it.</summary>
    public static List<string> TakeNames(SqliteCursor cursor)
    {
        var names = new List<string>();
        cursor.Skip("(");
        while (!cursor.AtEnd && !cursor.Skip(")"))
        {
            names.Add(cursor.TakeName());
            cursor.Skip(",");
        }

        return names;
    }

    private static PartDeclaration TakePart(SqliteCursor cursor)
    {
        var from = cursor.Start;
        if (!cursor.Is("("))
        {
            // Almost always it is a name, possibly with an order.
            var isQuoted = cursor.IsQuoted;
            var name = cursor.TakeName();
            var sql = isQuoted ? cursor.TextFrom(from).ToString() : name;
            var isDescending = cursor.Skip("DESC");
            _ = isDescending || cursor.Skip("ASC");
            if (cursor.Is(",") || cursor.Is(")"))
            {
                return new PartDeclaration(sql, name, Collation: null, isDescending);
            }
        }

        while (!cursor.AtEnd && !cursor.Is(",") && !cursor.Is(")"))
        {
            if (cursor.Is("("))
            {
                cursor.PassGroup();
            }
            else
            {
                cursor.Pass();
            }
        }

        return Read(cursor.TextFrom(from).ToString());
    }

    private static PartDeclaration Read(string sql)
    {
        var words = Words(sql);
        var isDescending = false;
        string? collation = null;
        while (words.Count > 1)
        {
            if (Is(words[^1], "DESC") || Is(words[^1], "ASC") || Is(words[^1], "AUTOINCREMENT"))
            {
                isDescending |= Is(words[^1], "DESC");
                words.RemoveAt(words.Count - 1);
            }
            else if (words.Count > 2 && Is(words[^2], "COLLATE") && IsOperand(sql, words[..^2]))
            {
                collation ??= Unquoted(words[^1]);
                words.RemoveRange(words.Count - 2, 2);
            }
            else if (IsGroup(sql, words))
            {
                words = words[1..^1];
            }
            else
            {
                break;
            }
        }

        return new PartDeclaration(
            words.Count == 0 ? "" : sql[words[0].Start..words[^1].End],
            words.Count == 1 ? Unquoted(words[0]) : null,
            collation,
            isDescending
        );

        bool Is((int Start, int End) word, string keyword) =>
            Ascii.EqualsIgnoreCase(sql.AsSpan(word.Start..word.End), keyword);

        string Unquoted((int Start, int End) word)
        {
            var text = sql[word.Start..word.End];
            return SqliteCursor.IsQuote(text) ? SqliteTokens.Unquoted(text) : text;
        }
    }

    private static List<(int Start, int End)> Words(string sql)
    {
        var words = new List<(int Start, int End)>();
        for (var cursor = new SqliteCursor(sql); !cursor.AtEnd; )
        {
            var start = cursor.Start;
            cursor.Pass();
            words.Add((start, cursor.Behind));
        }

        return words;
    }

    /// <summary>True if COLLATE after these words applies to all of them: in <c>a || b COLLATE c</c> it applies to b alone.</summary>
    private static bool IsOperand(string sql, List<(int Start, int End)> words)
    {
        if (words.Count > 1 && sql[words[0].Start] is '+' or '-' or '~')
        {
            return IsOperand(sql, words[1..]);
        }

        var isCall = words.Count > 1 && IsName(sql, words[0]) && IsGroup(sql, words[1..]);
        return words.Count == 1
            || isCall
            || IsGroup(sql, words)
            || (words.Count > 2 && IsCollated(sql, words));
    }

    private static bool IsCollated(string sql, List<(int Start, int End)> words) =>
        Ascii.EqualsIgnoreCase(sql.AsSpan(words[^2].Start..words[^2].End), "COLLATE")
        && IsOperand(sql, words[..^2]);

    private static bool IsName(string sql, (int Start, int End) word) =>
        SqliteCursor.IsQuote(sql.AsSpan(word.Start)) || char.IsAsciiLetter(sql[word.Start]);

    /// <summary>True if the first parenthesis closes with the last word.</summary>
    private static bool IsGroup(string sql, List<(int Start, int End)> words)
    {
        var depth = 0;
        for (var i = 0; i < words.Count; i++)
        {
            depth += sql[words[i].Start] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i > 0 && i == words.Count - 1;
            }
        }

        return false;
    }
}
