using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>
/// How long SQLite's tokens are, by the rules of its <c>tokenize.c</c>, so far as they decide where a name or a
/// statement ends. No text is empty.
/// </summary>
internal static class SqliteToken
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The length of the blanks or of the comment at the beginning; 0 where a word stands.</summary>
    /// <param name="text">The rest of the text.</param>
    /// <param name="open">What the text ends in the middle of, if it ends with this.</param>
    public static int LengthOfBlanks(ReadOnlySpan<char> text, out OpenPart open)
    {
        open = OpenPart.None;
        return text[0] switch
        {
            ByteOrderMark => 1,
            ' ' or '\t' or '\n' or '\f' or '\r' => LengthOfBlanks(text),
            '-' when text.StartsWith("--") => LengthOfLineComment(text, ref open),
            // As the last two characters of a text they are a slash and a star.
            '/' when text.StartsWith("/*") && text.Length > 2 => LengthOfComment(text, ref open),
            _ => 0,
        };
    }

    /// <summary>The length of the word, name, variable or single character at the beginning.</summary>
    /// <param name="text">The rest of the text, which begins with neither blank nor comment.</param>
    /// <param name="open">Whether the text ends inside of it.</param>
    public static int LengthOfWord(ReadOnlySpan<char> text, out OpenPart open)
    {
        open = OpenPart.None;
        return text[0] switch
        {
            '"' or '`' or '\'' => LengthOfQuoted(text, ref open),
            '[' => LengthOfBracketed(text, ref open),
            '$' or '@' or ':' or '#' => LengthOfVariable(text),
            _ => Math.Max(LengthOfName(text), 1),
        };
    }

    private static int LengthOfBlanks(ReadOnlySpan<char> text)
    {
        // A vertical tab is a blank behind another one, and nowhere else.
        var length = 1;
        while (length < text.Length && IsBlank(text[length]))
        {
            length++;
        }

        return length;
    }

    private static int LengthOfLineComment(ReadOnlySpan<char> text, ref OpenPart open)
    {
        var end = text.IndexOf('\n');
        open = end < 0 ? OpenPart.LineComment : OpenPart.None;
        return end < 0 ? text.Length : end;
    }

    private static int LengthOfComment(ReadOnlySpan<char> text, ref OpenPart open)
    {
        // From behind its own star: "/*/" is not closed.
        var end = text[2..].IndexOf("*/");
        open = end < 0 ? OpenPart.BlockComment : OpenPart.None;
        return end < 0 ? text.Length : end + 4;
    }

    /// <summary>A doubled quote stands for itself.</summary>
    private static int LengthOfQuoted(ReadOnlySpan<char> text, ref OpenPart open)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] != text[0])
            {
                continue;
            }

            if (at + 1 == text.Length || text[at + 1] != text[0])
            {
                return at + 1;
            }

            at++;
        }

        open = OpenPart.Quote;
        return text.Length;
    }

    /// <summary>Brackets are the only quotes that cannot be doubled.</summary>
    private static int LengthOfBracketed(ReadOnlySpan<char> text, ref OpenPart open)
    {
        var end = text.IndexOf(']');
        open = end < 0 ? OpenPart.Quote : OpenPart.None;
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>As in <c>$name::space(index;)</c>: Tcl's arrays have an index, in which a semicolon ends nothing.</summary>
    private static int LengthOfVariable(ReadOnlySpan<char> text)
    {
        var at = 1;
        var hasName = false;
        while (at < text.Length)
        {
            if (IsPartOfName(text[at]))
            {
                hasName = true;
                at++;
            }
            else if (text[at..].StartsWith("::"))
            {
                at += 2;
            }
            else if (text[at] == '(' && hasName)
            {
                return at + LengthOfIndex(text[at..]);
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static int LengthOfIndex(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && text[length] != ')' && !IsBlank(text[length]))
        {
            length++;
        }

        return length < text.Length && text[length] == ')' ? length + 1 : length;
    }

    private static int LengthOfName(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsPartOfName(text[length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');

    /// <summary>SQLite takes every character outside of ASCII: marks, symbols, blanks of other kinds, halves of a pair.</summary>
    private static bool IsPartOfName(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c >= '\u0080';
}
