using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Postgres;

/// <summary>
/// Finds how a text of SQL ends as PostgreSQL reads it: block comments nest, <c>$tag$</c> quotes texts, and in
/// <c>E''</c> a backslash takes the next character with it.
/// </summary>
internal ref struct PostgresTextEnd
{
    private readonly ReadOnlySpan<char> _sql;
    private int _at;
    private int _depth;

    private PostgresTextEnd(ReadOnlySpan<char> sql) => _sql = sql;

    private readonly ReadOnlySpan<char> Rest => _sql[_at..];

    /// <summary>Reads the text.</summary>
    public static SqlTextEnd Of(string sql) => new PostgresTextEnd(sql).Read();

    private SqlTextEnd Read()
    {
        var isComplete = true;
        var open = OpenPart.None;
        var from = _sql.Length;
        while (_at < _sql.Length)
        {
            from = _at;
            var isBlank = IsBlank(_sql[_at]);
            open = ReadPart();
            if (!isBlank && !IsComment(_sql[from..]))
            {
                isComplete = _sql[from] == ';';
            }
        }

        return new SqlTextEnd(open, open == OpenPart.None ? _sql.Length : from, _depth, isComplete);
    }

    /// <summary>Reads a word, a quoted part, a comment or a single character.</summary>
    private OpenPart ReadPart()
    {
        var rest = Rest;
        return rest switch
        {
            ['-', '-', ..] => ReadLineComment(),
            ['/', '*', ..] => ReadComment(),
            ['"', ..] => ReadQuoted(hasEscapes: false),
            ['\'', ..] => ReadQuoted(hasEscapes: false),
            ['e' or 'E', '\'', ..] => ReadEscaped(),
            ['$', ..] when TagOf(rest) is { IsEmpty: false } tag => ReadDollarQuoted(tag),
            _ => ReadWord(),
        };
    }

    private OpenPart ReadLineComment()
    {
        var length = Rest.IndexOfAny('\n', '\r');
        _at = length < 0 ? _sql.Length : _at + length;
        return length < 0 ? OpenPart.LineComment : OpenPart.None;
    }

    private OpenPart ReadComment()
    {
        do
        {
            _depth +=
                Rest is ['/', '*', ..] ? 1
                : Rest is ['*', '/', ..] ? -1
                : 0;
            _at += Rest is ['/', '*', ..] or ['*', '/', ..] ? 2 : 1;
        } while (_depth > 0 && _at < _sql.Length);

        return _depth > 0 ? OpenPart.BlockComment : OpenPart.None;
    }

    private OpenPart ReadEscaped()
    {
        _at++;
        return ReadQuoted(hasEscapes: true);
    }

    /// <summary>A doubled quote needs no rule: it ends one quoted part and begins the next.</summary>
    private OpenPart ReadQuoted(bool hasEscapes)
    {
        var quote = _sql[_at];
        for (_at++; _at < _sql.Length; _at++)
        {
            if (_sql[_at] == '\\' && hasEscapes)
            {
                _at++;
            }
            else if (_sql[_at] == quote)
            {
                _at++;
                if (!(hasEscapes && Rest is ['\'', ..]))
                {
                    return OpenPart.None;
                }
            }
        }

        _at = _sql.Length;
        return OpenPart.Quote;
    }

    private OpenPart ReadDollarQuoted(ReadOnlySpan<char> tag)
    {
        var end = Rest[tag.Length..].IndexOf(tag);
        _at = end < 0 ? _sql.Length : _at + end + (2 * tag.Length);
        return end < 0 ? OpenPart.Quote : OpenPart.None;
    }

    /// <summary>A name may hold a dollar sign, which then quotes nothing.</summary>
    private OpenPart ReadWord()
    {
        var isWord = IsPartOfName(_sql[_at]);
        _at++;
        while (isWord && _at < _sql.Length && (IsPartOfName(_sql[_at]) || _sql[_at] == '$'))
        {
            _at++;
        }

        return OpenPart.None;
    }

    /// <summary>The dollar signs and what stands between them; empty where it is no tag, as in <c>$1</c>.</summary>
    private static ReadOnlySpan<char> TagOf(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && IsPartOfName(text[length]))
        {
            length++;
        }

        return length < text.Length && text[length] == '$' && !char.IsAsciiDigit(text[1])
            ? text[..(length + 1)]
            : [];
    }

    private static bool IsPartOfName(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or >= '\u0080';

    private static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');

    private static bool IsComment(ReadOnlySpan<char> text) =>
        text is ['-', '-', ..] or ['/', '*', ..];
}
