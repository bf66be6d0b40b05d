using System.Buffers;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Sql.Lexing;

/// <summary>
/// How long PostgreSQL's tokens are, by the rules of its <c>scan.l</c>, so far as they decide where a name or a statement
/// ends: operators are read character by character. Settings are the server's own: <c>standard_conforming_strings</c> is
/// on. No text is empty.
/// </summary>
internal static class PostgresToken
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>The length of the blanks or of the comment at the beginning; 0 where a word stands.</summary>
    /// <param name="text">The rest of the text.</param>
    /// <param name="end">What the text ends in the middle of, if it ends with this.</param>
    public static int LengthOfBlanks(ReadOnlySpan<char> text, out TokenEnd end)
    {
        end = default;
        return text[0] switch
        {
            // A vertical tab is a blank since version 16, and an error before.
            ' ' or (>= '\t' and <= '\r') => LengthOfBlanks(text),
            '-' when text.StartsWith("--") => LengthOfLineComment(text, ref end),
            '/' when text.StartsWith("/*") => LengthOfComment(text, ref end),
            _ => 0,
        };
    }

    /// <summary>The length of the word, name, text, parameter or single character at the beginning.</summary>
    /// <param name="text">The rest of the text, which begins with neither blank nor comment.</param>
    /// <param name="end">Whether the text ends inside of it.</param>
    public static int LengthOfWord(ReadOnlySpan<char> text, out TokenEnd end)
    {
        end = default;
        return text switch
        {
            ['\'', ..] => LengthOfText(text, 1, hasEscapes: false, ref end),
            ['"', ..] => LengthOfQuoted(text, 1, ref end),
            ['E' or 'e', '\'', ..] => LengthOfText(text, 2, hasEscapes: true, ref end),
            ['U' or 'u', '&', '\'', ..] => LengthOfText(text, 3, hasEscapes: false, ref end),
            ['U' or 'u', '&', '"', ..] => LengthOfQuoted(text, 3, ref end),
            ['$', ..] => LengthOfDollar(text, ref end),
            _ => LengthOfName(text),
        };
    }

    /// <summary>Whether a name without quotes may begin with the character.</summary>
    public static bool BeginsName(char c) => char.IsAsciiLetter(c) || c is '_' or >= '\u0080';

    /// <summary>The dollar signs and what stands between them; empty where it is not a tag, as in <c>$1</c>.</summary>
    public static ReadOnlySpan<char> TagOf(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && (BeginsName(text[length]) || IsDigit(text[length])))
        {
            length++;
        }

        return length < text.Length && text[length] == '$' && !IsDigit(text[1])
            ? text[..(length + 1)]
            : [];
    }

    private static int LengthOfBlanks(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Blanks);
        return length < 0 ? text.Length : length;
    }

    private static int LengthOfLineComment(ReadOnlySpan<char> text, ref TokenEnd end)
    {
        var length = text.IndexOfAny('\n', '\r');
        end = new TokenEnd(length < 0 ? OpenPart.LineComment : OpenPart.None);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Block comments nest.</summary>
    private static int LengthOfComment(ReadOnlySpan<char> text, ref TokenEnd end)
    {
        var depth = 1;
        var at = 2;
        while (depth > 0)
        {
            var next = text[at..].IndexOfAny('*', '/');
            at += next < 0 ? 0 : next;
            if (next < 0 || at + 1 == text.Length)
            {
                end = new TokenEnd(OpenPart.BlockComment, depth);
                return text.Length;
            }

            var step =
                text[at..].StartsWith("/*") ? 1
                : text[at..].StartsWith("*/") ? -1
                : 0;
            depth += step;
            at += step == 0 ? 1 : 2;
        }

        return at;
    }

    /// <summary>A doubled quote stands for itself.</summary>
    private static int LengthOfQuoted(ReadOnlySpan<char> text, int from, ref TokenEnd end)
    {
        var at = from;
        while (text[at..].IndexOf('"') is >= 0 and var length)
        {
            at += length + 1;
            if (at == text.Length || text[at] != '"')
            {
                return at;
            }

            at++;
        }

        end = new TokenEnd(OpenPart.Quote);
        return text.Length;
    }

    /// <summary>A text goes on in the quotes that follow on another line, with the same rules for what is in them.</summary>
    private static int LengthOfText(
        ReadOnlySpan<char> text,
        int from,
        bool hasEscapes,
        ref TokenEnd end
    )
    {
        var escape = hasEscapes ? '\\' : '\'';
        var at = from;
        while (at < text.Length && text[at..].IndexOfAny('\'', escape) is >= 0 and var length)
        {
            at += length + 1;
            if (text[at - 1] == '\\' || text[at..] is ['\'', ..])
            {
                at++;
                continue;
            }

            var gap = LengthOfGap(text[at..]);
            if (gap == 0)
            {
                return at;
            }

            at += gap + 1;
        }

        end = new TokenEnd(OpenPart.Quote);
        return text.Length;
    }

    /// <summary>The length of what stands between two parts of one text: blanks and line comments with a line end; 0 where no part follows.</summary>
    private static int LengthOfGap(ReadOnlySpan<char> text)
    {
        var at = 0;
        var hasLineEnd = false;
        for (; at < text.Length; at++)
        {
            if (text[at] is '\n' or '\r')
            {
                hasLineEnd = true;
            }
            else if (text[at..].StartsWith("--"))
            {
                var length = text[at..].IndexOfAny('\n', '\r');
                if (length < 0)
                {
                    return 0;
                }

                at += length - 1;
            }
            else if (text[at] is not (' ' or '\t' or '\f' or '\v'))
            {
                break;
            }
        }

        return hasLineEnd && at < text.Length && text[at] == '\'' ? at : 0;
    }

    private static int LengthOfDollar(ReadOnlySpan<char> text, ref TokenEnd end)
    {
        var tag = TagOf(text);
        if (tag.IsEmpty)
        {
            return 1 + LengthOfDigits(text[1..]);
        }

        var length = text[tag.Length..].IndexOf(tag);
        end = new TokenEnd(length < 0 ? OpenPart.Quote : OpenPart.None);
        return length < 0 ? text.Length : length + (2 * tag.Length);
    }

    /// <summary>A name may hold a dollar sign, which then quotes nothing; a number may not.</summary>
    private static int LengthOfName(ReadOnlySpan<char> text)
    {
        var length = LengthOfDigits(text);
        if (length == text.Length || !BeginsName(text[length]))
        {
            return Math.Max(length, 1);
        }

        while (
            length < text.Length
            && (BeginsName(text[length]) || IsDigit(text[length]) || text[length] == '$')
        )
        {
            length++;
        }

        return length;
    }

    private static int LengthOfDigits(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsDigit(text[length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsDigit(char c) => char.IsAsciiDigit(c);
}

/// <summary>What the text ends in the middle of, at the end of a token.</summary>
/// <param name="Open">What is open.</param>
/// <param name="Depth">How many block comments are.</param>
internal readonly record struct TokenEnd(OpenPart Open, int Depth = 0);
