using System.Text;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Reads a statement word by word, past blanks and comments. Quoted names come without their quotes.</summary>
internal ref struct SqliteTokens(ReadOnlySpan<char> sql)
{
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>How many characters have not been read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>What the text ends in the middle of, once all of it is read.</summary>
    public OpenPart Open { get; private set; }

    /// <summary>Where the last word began, or the comment behind it, counted from the end of the text.</summary>
    public int LeftBefore { get; private set; }

    /// <summary>Whether nothing but blanks and comments is left. An empty name is not the end.</summary>
    public bool AtEnd()
    {
        SkipBlanksAndComments();
        return _rest.IsEmpty;
    }

    /// <summary>The next word, name or single character; empty at the end.</summary>
    public string Next()
    {
        var word = Take();
        return IsQuoted(word) ? Unquoted(word) : word.ToString();
    }

    /// <summary>Reads past the next word.</summary>
    public void Pass() => Take();

    /// <summary>Whether the next word is this one, which is then taken. A name in quotes is never a keyword.</summary>
    public bool Skip(string word)
    {
        SkipBlanksAndComments();
        var before = this;
        if (Ascii.EqualsIgnoreCase(Take(), word))
        {
            return true;
        }

        this = before;
        return false;
    }

    /// <summary>Reads past statements that are nothing but a semicolon: SQLite takes them together with the one that follows.</summary>
    public void SkipEmptyStatements()
    {
        while (Skip(";"))
        {
            // Any number of them.
        }
    }

    /// <summary>Takes everything up to the parenthesis that closes the one which comes next, if one does.</summary>
    public bool SkipParentheses()
    {
        if (!Skip("("))
        {
            return false;
        }

        for (var depth = 1; depth > 0 && !AtEnd(); )
        {
            if (Skip("("))
            {
                depth++;
            }
            else if (Skip(")"))
            {
                depth--;
            }
            else
            {
                Pass();
            }
        }

        return true;
    }

    /// <summary>Whether the next word is a text in single quotes, which is then taken.</summary>
    public bool SkipText()
    {
        SkipBlanksAndComments();
        if (_rest is not ['\'', ..])
        {
            return false;
        }

        Pass();
        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<char> word) =>
        word is ['"' or '`' or '\'' or '[', ..];

    /// <summary>The name that stands in quotes.</summary>
    public static string Unquoted(ReadOnlySpan<char> quoted)
    {
        var quote = quoted[0] == '[' ? "]" : quoted[..1].ToString();
        var name = quoted.Length > 1 ? quoted[1..^1].ToString() : "";
        return name.Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    private ReadOnlySpan<char> Take()
    {
        SkipBlanksAndComments();
        if (_rest.IsEmpty)
        {
            return [];
        }

        var length = SqliteToken.LengthOfWord(_rest, out var open);
        return Take(length, open);
    }

    private void SkipBlanksAndComments()
    {
        while (
            !_rest.IsEmpty && SqliteToken.LengthOfBlanks(_rest, out var open) is > 0 and var length
        )
        {
            _ = Take(length, open);
        }
    }

    private ReadOnlySpan<char> Take(int length, OpenPart open)
    {
        LeftBefore = _rest.Length;
        Open = open;
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
