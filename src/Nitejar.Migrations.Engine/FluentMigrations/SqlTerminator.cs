using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Ends a text of SQL so that it stays a statement of its own when others follow it.</summary>
internal static class SqlTerminator
{
    private const int ShownCharacters = 40;

    /// <summary>
    /// The text with a semicolon that its database takes for one. Stored texts are compared with what this returns,
    /// so that nothing is added that is not needed.
    /// </summary>
    /// <exception cref="FormatException">It ends inside a quote, which nothing can end for it.</exception>
    public static string Terminate(string sql, SqlGeneration generation)
    {
        var text = Trim(sql);
        if (text.Length == 0)
        {
            return text;
        }

        var end = generation.EndOf(text);
        return end.Open switch
        {
            OpenPart.Quote => throw new FormatException(
                $"a quote in its SQL never ends: {Excerpt(text[end.From..])}"
            ),
            OpenPart.BlockComment => text + Closing(text, end.Depth) + ";",
            OpenPart.LineComment when !end.IsComplete => text.TrimEnd() + "\n;",
            OpenPart.LineComment => AddSemicolon(text.TrimEnd()),
            OpenPart.None => AddSemicolon(text),
            _ => throw new ArgumentOutOfRangeException(nameof(generation)),
        };
    }

    /// <summary>
    /// The text as earlier releases stored it: they took a semicolon in a comment for the statement's own, and
    /// characters such as U+00A0 for blanks.
    /// </summary>
    public static string TerminateAsBefore(string sql)
    {
        var text = sql.Trim();
        return text.Length == 0 ? text : AddSemicolon(text);
    }

    private static string Trim(string sql)
    {
        // .NET's blanks may be the end of a name, but not the beginning of a statement, nor part of it behind its end.
        var text = SqlBlanks.Trim(sql.TrimStart());
        var shorter = text.TrimEnd();
        return shorter.EndsWith(';') ? shorter : text;
    }

    /// <summary>On a line of its own where the last one may be a comment.</summary>
    private static string AddSemicolon(string sql)
    {
        if (sql.EndsWith(';'))
        {
            return sql;
        }

        var lastLine = sql.AsSpan(sql.LastIndexOf('\n') + 1);
        return lastLine.Contains("--", StringComparison.Ordinal) ? sql + "\n;" : sql + ";";
    }

    /// <summary>Behind a slash, the star would open one more comment where comments nest.</summary>
    private static string Closing(string sql, int depth) =>
        (sql.EndsWith('/') ? "\n" : "") + string.Concat(Enumerable.Repeat("*/", depth));

    private static string Excerpt(string sql) =>
        sql.Length <= ShownCharacters ? sql : $"{sql[..ShownCharacters]} ...";
}
