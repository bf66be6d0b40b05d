using System.Text;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>
/// Normalizes SQL for comparison: docs/decisions/0018-comparing-sql.md. Two texts with different meanings never have the
/// same normal form; two texts with the same meaning need not.
/// </summary>
/// <param name="columnOf">
/// Returns one spelling for all names of a column; <see langword="null"/> for any other name, and always in a whole
/// statement, where a name may not be a column.
/// </param>
internal sealed class SqliteNormalForm(Func<string, string?> columnOf)
{
    private static readonly SqliteNormalForm OfAnything = new(_ => null);

    /// <summary>Normalizes a whole statement.</summary>
    public static SqlText Statement(string sql) => new(sql, OfAnything.Write);

    /// <summary>Normalizes an expression over the columns.</summary>
    public SqlText Expression(string sql) => new(sql, text => Write(Inside(text)));

    /// <summary>Normalizes the default of a column.</summary>
    public static SqlText Default(string sql) => new(sql, NormalDefault);

    /// <summary>In a DEFAULT, SQLite takes a single name for a string, whatever its quotes.</summary>
    private static string NormalDefault(string sql)
    {
        var inside = Inside(sql);
        var cursor = new SqliteCursor(inside);
        if (!cursor.IsQuoted && !IsWord(cursor.Word))
        {
            return OfAnything.Write(inside);
        }

        var isQuoted = cursor.IsQuoted;
        var word = cursor.TakeName();
        return !cursor.AtEnd ? OfAnything.Write(inside)
            : isQuoted ? Literal(word)
            : Is(word, "TRUE") ? "1"
            : Is(word, "FALSE") ? "0"
            : Is(word, "NULL") || SqliteKeywords.AreTimes(word) ? word.ToUpperInvariant()
            : Literal(word);
    }

    private string Write(string sql)
    {
        var text = new StringBuilder(sql.Length);
        for (var cursor = new SqliteCursor(sql); !cursor.AtEnd; )
        {
            text.Append(text.Length == 0 ? "" : " ");
            var isText = cursor.Word[0] == '\'';
            var isQuoted = cursor.IsQuoted;
            var word = cursor.Word.ToString();
            if (isText || (!isQuoted && !IsWord(word)))
            {
                text.Append(word);
                cursor.Pass();
            }
            else
            {
                text.Append(Name(cursor.TakeName(), isQuoted, cursor.Is("(")));
            }
        }

        return text.ToString();
    }

    private string Name(string name, bool isQuoted, bool isCalled)
    {
        var isPlain = IsWord(name) && !(isQuoted && (Is(name, "TRUE") || Is(name, "FALSE")));
        return SqliteKeywords.AreReserved(name) && !isQuoted ? name.ToUpperInvariant()
            : !isCalled && columnOf(name) is { } column ? Quoted(column)
            : !isPlain || SqliteKeywords.AreReserved(name) ? Quoted(name)
            : SqliteKeywords.MayBe(name) || Is(name, "TRUE") || Is(name, "FALSE")
                ? name.ToUpperInvariant()
            : isCalled && Ascii.IsValid(name) ? name.ToLowerInvariant()
            : name;
    }

    /// <summary>Returns the expression without parentheses around all of it.</summary>
    private static string Inside(string sql)
    {
        var cursor = new SqliteCursor(sql);
        if (!cursor.Is("("))
        {
            return sql;
        }

        var inside = cursor.TakeGroup();
        return cursor.AtEnd ? Inside(inside) : sql;
    }

    private static bool Is(string word, string other) =>
        word.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its characters allow the name to stand without quotes.</summary>
    private static bool IsWord(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !(char.IsAsciiLetter(name[0]) || name[0] is '_' or >= '\u0080'))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '$' or >= '\u0080'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Quoted(string name) => Identifier.Quote(name);

    private static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
