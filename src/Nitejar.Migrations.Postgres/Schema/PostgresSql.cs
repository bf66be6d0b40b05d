using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>SQL as the server writes it, which is its own normal form: it keeps no text but what it has understood.</summary>
internal static class PostgresSql
{
    /// <summary>An expression or a statement.</summary>
    public static SqlText Of(string sql) => new(sql, same => same);

    /// <summary>The default of a column, compared without the type of a constant, which is the column's or is cast to it.</summary>
    public static SqlText Default(string sql) => new(sql, WithoutCast);

    /// <summary><c>'global'::text</c> and <c>'global'::character varying</c> are the same default.</summary>
    private static string WithoutCast(string sql)
    {
        if (!sql.StartsWith('\''))
        {
            return sql;
        }

        var end = 1;
        while (end < sql.Length && (sql[end] != '\'' || IsDoubled(sql, end)))
        {
            end += sql[end] == '\'' ? 2 : 1;
        }

        var rest = sql.AsSpan(Math.Min(end + 1, sql.Length));
        return rest.StartsWith("::") && IsType(rest[2..]) ? NumberOr(sql[..(end + 1)]) : sql;
    }

    /// <summary>Whether it is the name of a type, without anything that would change a value.</summary>
    private static bool IsType(ReadOnlySpan<char> sql)
    {
        foreach (var c in sql)
        {
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '_' or '.' or '"' or '[' or ']'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDoubled(string sql, int quote) =>
        quote + 1 < sql.Length && sql[quote + 1] == '\'';

    /// <summary>The server writes a negative number as a text with a cast.</summary>
    private static string NumberOr(string literal)
    {
        var inside = literal.AsSpan(1, literal.Length - 2);
        var digits = inside.StartsWith("-") ? inside[1..] : inside;
        return
            inside.StartsWith("-")
            && digits.Length > 0
            && !digits.ContainsAnyExceptInRange('0', '9')
            ? inside.ToString()
            : literal;
    }
}
