using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>
/// Finds the words of an expression that may be names of columns, quoted or not. A word too many does no harm: what may
/// concern a column of the migrations is refused.
/// </summary>
internal static class MentionedNames
{
    public static IEnumerable<string> In(SqlText expression)
    {
        var text = expression.Normal;
        for (var at = 0; at < text.Length; )
        {
            var quote = text[at];
            if (quote is '\'' or '"')
            {
                var end = EndOfQuoted(text, at);
                if (quote == '"')
                {
                    yield return text[(at + 1)..end]
                        .Replace("\"\"", "\"", StringComparison.Ordinal);
                }

                at = end + 1;
            }
            else if (IsPartOfName(quote))
            {
                var start = at;
                while (at < text.Length && IsPartOfName(text[at]))
                {
                    at++;
                }

                yield return text[start..at];
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>Where the quotes end that begin here; a doubled quote does not end them.</summary>
    private static int EndOfQuoted(string text, int start)
    {
        var quote = text[start];
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                if (at + 1 == text.Length || text[at + 1] != quote)
                {
                    return at;
                }

                at++;
            }
        }

        return text.Length;
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
