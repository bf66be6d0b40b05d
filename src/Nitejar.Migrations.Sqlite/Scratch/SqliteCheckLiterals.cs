using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>Finds values that the CHECKs of a column may take: the constants that they name, and neighbours of these.</summary>
internal static class SqliteCheckLiterals
{
    private const int LongestText = 1000;

    /// <summary>The CHECKs that name a column.</summary>
    public static IEnumerable<Check> ChecksOf(Table table, Column column) =>
        table.Checks.Where(check => Names(check.Expression.Raw, column.Name));

    /// <summary>Candidates, each once; some of them may break the CHECK.</summary>
    public static IEnumerable<object> Of(Table table, Column column) =>
        ChecksOf(table, column).SelectMany(check => In(check.Expression.Raw)).Distinct();

    private static bool Names(string expression, string column)
    {
        for (var tokens = new SqliteTokens(expression); !tokens.AtEnd(); )
        {
            if (SqliteNames.Comparer.Equals(tokens.Next(), column))
            {
                return true;
            }
        }

        return false;
    }

    private static List<object> In(string expression)
    {
        var found = new List<object>();
        for (var tokens = new SqliteTokens(expression); !tokens.AtEnd(); )
        {
            tokens.Pass();
            var word = expression[^tokens.LeftBefore..^tokens.Left];
            if (word[0] == '\'')
            {
                AddText(found, SqliteTokens.Unquoted(word));
            }
            else if (long.TryParse(word, CultureInfo.InvariantCulture, out var number))
            {
                AddNumber(found, number);
            }
        }

        return found;
    }

    private static void AddText(List<object> found, string text)
    {
        found.Add(text);
        if (text.AsSpan().ContainsAny("%_*?"))
        {
            // A pattern; what it stands for is shorter or longer, but one letter fits often enough.
            found.Add(text.Replace('%', 'a').Replace('_', 'a').Replace('*', 'a').Replace('?', 'a'));
        }
    }

    /// <summary>A bound, which counts from above or below, or the length of a text.</summary>
    private static void AddNumber(List<object> found, long number)
    {
        found.AddRange([number, number + 1, number - 1, -number]);
        if (number is > 0 and <= LongestText)
        {
            found.Add(new string('x', (int)number));
        }
    }
}
