using System.Text;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Sql.Lexing;

/// <summary>Reads a statement word by word, past blanks and comments.</summary>
internal ref struct PostgresTokens(ReadOnlySpan<char> sql)
{
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>How many characters have not been read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>What the text ends in the middle of, once all of it is read.</summary>
    public TokenEnd End { get; private set; }

    /// <summary>Where the last word began, or the comment behind it, counted from the end of the text.</summary>
    public int LeftBefore { get; private set; }

    /// <summary>Whether nothing but blanks and comments is left.</summary>
    public bool AtEnd()
    {
        SkipBlanksAndComments();
        return _rest.IsEmpty;
    }

    /// <summary>The next word, name, text or single character, as it is written; empty at the end.</summary>
    public ReadOnlySpan<char> Next()
    {
        SkipBlanksAndComments();
        return _rest.IsEmpty ? [] : Take(PostgresToken.LengthOfWord(_rest, out var end), end);
    }

    /// <summary>Reads past the next word, and past names behind it that may look like a keyword: of a column behind its table's, and behind AS.</summary>
    public void Pass()
    {
        var word = Next();
        if (word is "." || (Ascii.EqualsIgnoreCase(word, "AS") && !Is("(")))
        {
            Next();
        }

        while (word is [var first, ..] && !char.IsAsciiDigit(first) && Skip("."))
        {
            Next();
        }
    }

    /// <summary>Reads the next word as a name.</summary>
    /// <returns>The name as the server keeps it; <see langword="null"/> where the word is not a name, or not an understood one.</returns>
    public string? NextName()
    {
        var word = Next();
        return End.Open != OpenPart.None ? null : PostgresName.Of(word, ref this);
    }

    /// <summary>Reads the next word as a value: what stands in a text, a name, or the word itself.</summary>
    /// <returns><see langword="null"/> at the end.</returns>
    public string? NextValue()
    {
        var ahead = this;
        var word = Next();
        return word.IsEmpty
            ? null
            : PostgresConstant.TextOf(word) ?? ahead.NextName() ?? word.ToString();
    }

    /// <summary>Reads past what COPY copies, and which way.</summary>
    public void PassCopied()
    {
        if (!SkipNested())
        {
            _ = this.NextObject();
            SkipNested();
        }

        _ = SkipOneOf("FROM", "TO");
    }

    /// <summary>Whether the next word is this one. A name in quotes is never a keyword.</summary>
    public bool Is(string word)
    {
        if (!MayBe(word))
        {
            return false;
        }

        var ahead = this;
        return Ascii.EqualsIgnoreCase(ahead.Next(), word);
    }

    /// <summary>Whether the next two words are these.</summary>
    public bool Is(string first, string second)
    {
        var ahead = this;
        return ahead.Skip(first, second);
    }

    /// <summary>Whether the next word is this one, which is then taken.</summary>
    public bool Skip(string word)
    {
        if (!MayBe(word))
        {
            return false;
        }

        var before = this;
        if (Ascii.EqualsIgnoreCase(Next(), word))
        {
            return true;
        }

        this = before;
        return false;
    }

    /// <summary>Whether the next two words are these, which are then taken.</summary>
    public bool Skip(string first, string second)
    {
        var before = this;
        if (Skip(first) && Skip(second))
        {
            return true;
        }

        this = before;
        return false;
    }

    /// <summary>Whether the next word is one of these, which is then taken.</summary>
    public bool SkipOneOf(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Skip(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes <c>IF EXISTS</c>, if it comes next.</summary>
    public bool SkipIfExists() => Skip("IF", "EXISTS");

    /// <summary>Takes <c>IF NOT EXISTS</c>, if it comes next.</summary>
    public bool SkipIfNotExists() => Skip("IF", "NOT") && Skip("EXISTS");

    /// <summary>Takes everything up to the parenthesis or bracket that closes the one which comes next, if one does.</summary>
    public bool SkipNested() => TryTakeNested(out _);

    /// <summary>As <see cref="SkipNested"/>.</summary>
    /// <param name="inside">What stands between them.</param>
    public bool TryTakeNested(out ReadOnlySpan<char> inside)
    {
        inside = [];
        if (!Skip("(") && !Skip("["))
        {
            return false;
        }

        var from = _rest;
        var end = Left;
        for (var depth = 1; depth > 0 && !AtEnd(); )
        {
            end = Left;
            depth += Next() switch
            {
                "(" or "[" => 1,
                ")" or "]" => -1,
                _ => 0,
            };
        }

        inside = from[..(from.Length - end)];
        return true;
    }

    /// <summary>The text from here to where other tokens of the same text stand.</summary>
    public readonly ReadOnlySpan<char> TextTo(PostgresTokens later) => _rest[..(Left - later.Left)];

    /// <summary>Looks at one character first, so that a long text is not read for each word that it is not.</summary>
    private bool MayBe(string word)
    {
        const char caseBit = ' ';
        SkipBlanksAndComments();
        return !_rest.IsEmpty && (_rest[0] | caseBit) == (word[0] | caseBit);
    }

    private void SkipBlanksAndComments()
    {
        while (
            !_rest.IsEmpty && PostgresToken.LengthOfBlanks(_rest, out var end) is > 0 and var length
        )
        {
            _ = Take(length, end);
        }
    }

    private ReadOnlySpan<char> Take(int length, TokenEnd end)
    {
        LeftBefore = _rest.Length;
        End = end;
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
