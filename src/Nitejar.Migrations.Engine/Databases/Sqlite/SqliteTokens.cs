namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Reads a statement word by word, past blanks and comments. Quoted names come without their quotes.</summary>
internal ref struct SqliteTokens(ReadOnlySpan<char> sql)
{
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>How many characters have not been read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Whether nothing but blanks and comments is left. An empty name is not the end.</summary>
    public bool AtEnd()
    {
        SkipBlanksAndComments();
        return _rest.IsEmpty;
    }

    /// <summary>The next word, name or single character; empty at the end.</summary>
    public string Next()
    {
        SkipBlanksAndComments();
        if (_rest.IsEmpty)
        {
            return "";
        }

        return _rest[0] switch
        {
            '"' or '`' or '\'' => TakeQuoted(_rest[0]),
            '[' => TakeQuoted(']'),
            _ => TakeWord(),
        };
    }

    /// <summary>Whether the next word is this one, which is then taken. A name in quotes is never a keyword.</summary>
    public bool Skip(string word)
    {
        SkipBlanksAndComments();
        var before = _rest;
        var isQuoted = !_rest.IsEmpty && _rest[0] is '"' or '`' or '\'' or '[';
        if (!isQuoted && Next().Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        _rest = before;
        return false;
    }

    /// <summary>A name that may stand behind the name of its schema.</summary>
    public string NextName()
    {
        var name = Next();
        return Skip(".") ? Next() : name;
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private string TakeWord()
    {
        var length = 0;
        while (length < _rest.Length && IsPartOfWord(_rest[length]))
        {
            length++;
        }

        return Take(Math.Max(length, 1));
    }

    private string TakeQuoted(char quote)
    {
        // A doubled quote stands for itself; SQLite doubles every kind but brackets.
        var end = 1;
        while (end < _rest.Length && (_rest[end] != quote || IsDoubled(end, quote)))
        {
            end += _rest[end] == quote ? 2 : 1;
        }

        var quoted = Take(Math.Min(end + 1, _rest.Length));
        var name = quoted.Length > 1 ? quoted[1..^1] : "";
        return name.Replace($"{quote}{quote}", quote.ToString(), StringComparison.Ordinal);
    }

    private readonly bool IsDoubled(int at, char quote) =>
        quote != ']' && at + 1 < _rest.Length && _rest[at + 1] == quote;

    private string Take(int length)
    {
        var taken = _rest[..length].ToString();
        _rest = _rest[length..];
        return taken;
    }

    private void SkipBlanksAndComments()
    {
        while (true)
        {
            _rest = _rest.TrimStart();
            if (_rest.StartsWith("--"))
            {
                SkipPast("\n");
            }
            else if (_rest.StartsWith("/*"))
            {
                SkipPast("*/");
            }
            else
            {
                return;
            }
        }
    }

    private void SkipPast(string end)
    {
        var at = _rest.IndexOf(end, StringComparison.Ordinal);
        _rest = at < 0 ? [] : _rest[(at + end.Length)..];
    }
}
