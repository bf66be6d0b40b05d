using System.Runtime.CompilerServices;

namespace Nitejar.Migrations.Engine.Statements;

/// <summary>Tells cheaply that a text has no statement of some kind, so that most texts need not be parsed.</summary>
internal static class SqlVerbs
{
    private const string Blanks = " \t\n\v\f\r";

    /// <summary>The dollar sign and the digits: a bit for each of the first 64 characters of ASCII.</summary>
    private const ulong LowWordCharacters = 0x03FF_0010_0000_0000;

    /// <summary>The letters and the underscore: a bit for each of the others.</summary>
    private const ulong HighWordCharacters = 0x07FF_FFFE_87FF_FFFE;

    /// <summary>
    /// Whether a statement of the text may be of one of these kinds. False is certain; true is not: the word may stand
    /// in a comment or in quotes.
    /// </summary>
    /// <param name="sql">The text, of any dialect.</param>
    /// <param name="verbs">DELETE, UPDATE and the like. In a column's name (<c>updated_at</c>) or in <c>ON DELETE</c> they are none.</param>
    /// <remarks>One pass over the words: a search for each verb without regard to case takes several times as long.</remarks>
    public static bool MayHave(ReadOnlySpan<char> sql, params ReadOnlySpan<string> verbs)
    {
        var isBehindOn = false;
        for (var at = 0; at < sql.Length; )
        {
            var start = at;
            while (at < sql.Length && IsPartOfWord(sql[at]))
            {
                at++;
            }

            if (at == start)
            {
                isBehindOn &= Blanks.Contains(sql[at]);
                at++;
                continue;
            }

            var word = sql[start..at];
            if (!isBehindOn && IsOneOf(word, verbs))
            {
                return true;
            }

            isBehindOn = word.Length == 2 && word.Equals("ON", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    private static bool IsOneOf(ReadOnlySpan<char> word, ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (word.Length == verb.Length && word.Equals(verb, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPartOfWord(char c) =>
        c >= '\u0080'
        || ((c < 64 ? LowWordCharacters >> c : HighWordCharacters >> (c - 64)) & 1) != 0;
}
