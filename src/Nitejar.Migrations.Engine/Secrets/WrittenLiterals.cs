using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Secrets;

/// <summary>
/// Reads the texts that INSERT, REPLACE and UPDATE have in quotes, each with the name of its column where that is
/// written. One pass over the SQL, of any dialect; names and texts are parts of it.
/// </summary>
internal ref struct WrittenLiterals(ReadOnlySpan<char> sql)
{
    private readonly ReadOnlySpan<char> _sql = sql;
    private readonly List<Range> _columns = [];
    private int _at;
    private int _depth;
    private int _value;
    private Place _place;
    private Range _name;
    private bool _isAssigned;
    private bool _isAtStart = true;
    private bool _writes;

    /// <summary>Where in a statement the reader is.</summary>
    private enum Place
    {
        /// <summary>Where no position stands for a column.</summary>
        Elsewhere,

        /// <summary>Behind INTO, where the table is named.</summary>
        Table,

        /// <summary>In the list of columns.</summary>
        Columns,

        /// <summary>Behind VALUES.</summary>
        Values,
    }

    /// <summary>The column that the text is for; empty where that cannot be told.</summary>
    public ReadOnlySpan<char> Column { get; private set; }

    /// <summary>The text as it is written: a quote in it is doubled.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Goes to the next text.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (c == '\'')
            {
                Text = _sql[TakeQuoted('\'')];
                Column = ColumnHere();
                _isAssigned = false;
                if (_writes)
                {
                    return true;
                }
            }
            else if (c is '"' or '`' or '[')
            {
                TakeName(TakeQuoted(c == '[' ? ']' : c));
            }
            else if (IsOfWord(c))
            {
                TakeWord();
            }
            else if (_sql[_at..].StartsWith("--"))
            {
                SkipPast("\n");
            }
            else if (_sql[_at..].StartsWith("/*"))
            {
                SkipPast("*/");
            }
            else
            {
                _at++;
                TakeSign(c);
            }
        }

        return false;
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private readonly ReadOnlySpan<char> ColumnHere() =>
        _isAssigned ? _sql[_name]
        : _place == Place.Values && _depth == 1 && _value < _columns.Count ? _sql[_columns[_value]]
        : [];

    private void TakeSign(char sign)
    {
        _isAssigned = sign == '=' || (_isAssigned && char.IsWhiteSpace(sign));
        switch (sign)
        {
            case '(':
                _depth++;
                _value = _depth == 1 ? 0 : _value;
                _place = _place == Place.Table ? Place.Columns : _place;
                break;
            case ')':
                _depth--;
                _place = _place == Place.Columns ? Place.Elsewhere : _place;
                break;
            case ',' when _depth == 1:
                _value++;
                break;
            case ';':
                (_place, _depth, _isAtStart, _writes) = (Place.Elsewhere, 0, true, false);
                break;
            default:
                break;
        }
    }

    private void TakeWord()
    {
        var length = 1;
        while (_at + length < _sql.Length && IsOfWord(_sql[_at + length]))
        {
            length++;
        }

        var word = _sql.Slice(_at, length);
        if (_isAtStart)
        {
            _isAtStart = false;
            _writes =
                Is(word, "INSERT") || Is(word, "REPLACE") || Is(word, "UPDATE") || Is(word, "WITH");
        }
        else if (Is(word, "INTO"))
        {
            _place = Place.Table;
            _columns.Clear();
        }
        else if (Is(word, "VALUES") && _place != Place.Columns)
        {
            _place = Place.Values;
        }
        else
        {
            TakeName(_at..(_at + length));
        }

        _at += length;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) =>
        word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private void TakeName(Range name)
    {
        _name = name;
        if (_place == Place.Columns)
        {
            _columns.Add(name);
        }
    }

    /// <summary>What stands between the quotes; a doubled one is a part of it.</summary>
    private Range TakeQuoted(char quote)
    {
        var start = _at + 1;
        for (_at = start; ; _at += 2)
        {
            var length = _sql[_at..].IndexOf(quote);
            _at = length < 0 ? _sql.Length : _at + length;
            if (_at + 1 >= _sql.Length || _sql[_at + 1] != quote)
            {
                var end = _at;
                _at = Math.Min(_at + 1, _sql.Length);
                return start..end;
            }
        }
    }

    private void SkipPast(string end)
    {
        var length = _sql[_at..].IndexOf(end);
        _at = length < 0 ? _sql.Length : _at + length + end.Length;
    }
}
