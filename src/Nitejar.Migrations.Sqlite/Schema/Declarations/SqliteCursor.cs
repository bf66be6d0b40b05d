using System.Text;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>
/// Reads a statement that SQLite has accepted word by word, with positions in the text. A number or a blob is one word.
/// </summary>
internal sealed class SqliteCursor
{
    private readonly string _sql;
    private int _length;

    public SqliteCursor(string sql)
    {
        _sql = sql;
        Find(0);
    }

    /// <summary>The position at which the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>The position at which the previous word ended.</summary>
    public int Behind { get; private set; }

    /// <summary>The word; empty at the end.</summary>
    public ReadOnlySpan<char> Word => _sql.AsSpan(Start, _length);

    public bool AtEnd => _length == 0;

    /// <summary>Whether the word is a quoted name or a string.</summary>
    public bool IsQuoted => IsQuote(Word);

    /// <summary>Whether the word begins with a quote of a name or a string.</summary>
    public static bool IsQuote(ReadOnlySpan<char> word) => word is ['"' or '`' or '\'' or '[', ..];

    /// <summary>Whether the word is this keyword. A quoted name never is.</summary>
    public bool Is(string keyword) =>
        _length == keyword.Length && Ascii.EqualsIgnoreCase(Word, keyword);

    /// <summary>Moves past the word.</summary>
    public void Pass() => Find(Start + _length);

    /// <summary>Moves past the word if it is this keyword.</summary>
    public bool Skip(string keyword)
    {
        var found = Is(keyword);
        if (found)
        {
            Pass();
        }

        return found;
    }

    /// <summary>Returns the word without its quotes and moves past it.</summary>
    public string TakeName()
    {
        var name = IsQuoted ? SqliteTokens.Unquoted(Word) : Word.ToString();
        Pass();
        return name;
    }

    /// <summary>Returns the trimmed text between the parentheses that begin here, and moves past them.</summary>
    public string TakeGroup()
    {
        var from = Start + _length;
        PassGroup();
        return SqlBlanks.Trim(_sql.AsSpan(from..Math.Max(from, Behind - 1)));
    }

    /// <summary>Moves past the parentheses that begin here.</summary>
    public void PassGroup()
    {
        var depth = 0;
        do
        {
            depth +=
                Is("(") ? 1
                : Is(")") ? -1
                : 0;
            Pass();
        } while (depth > 0 && !AtEnd);
    }

    /// <summary>Returns the text from a position to the end of the previous word.</summary>
    public ReadOnlySpan<char> TextFrom(int start) => _sql.AsSpan(start..Math.Max(start, Behind));

    private void Find(int at)
    {
        Behind = at;
        while (
            at < _sql.Length
            && SqliteToken.LengthOfBlanks(_sql.AsSpan(at), out _) is > 0 and var blanks
        )
        {
            at += blanks;
        }

        Start = at;
        _length = at < _sql.Length ? LengthOfWord(_sql.AsSpan(at)) : 0;
    }

    private static int LengthOfWord(ReadOnlySpan<char> text)
    {
        if (char.IsAsciiDigit(text[0]) || (text is ['.', var next, ..] && char.IsAsciiDigit(next)))
        {
            return LengthOfNumber(text);
        }

        var length = SqliteToken.LengthOfWord(text, out _);
        return length == 1 && text is ['x' or 'X', '\'', ..]
            ? 1 + SqliteToken.LengthOfWord(text[1..], out _)
            : length;
    }

    private static int LengthOfNumber(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (
            at < text.Length
            && (
                char.IsAsciiLetterOrDigit(text[at])
                || text[at] is '.' or '_'
                || (text[at] is '+' or '-' && IsExponent(text[..at]))
            )
        )
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether a sign may follow: after <c>1e</c>, but not after <c>0x1e</c>.</summary>
    private static bool IsExponent(ReadOnlySpan<char> number) =>
        number is [.., 'e' or 'E'] and not ['0', 'x' or 'X', ..];
}
