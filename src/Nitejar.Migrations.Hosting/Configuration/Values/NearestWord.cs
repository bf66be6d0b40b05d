namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>Finds what was probably meant.</summary>
internal static class NearestWord
{
    private const int LongestWord = 100;
    private const int MostSlips = 2;

    /// <summary>A shorter part of a word is in too many others.</summary>
    private const int ShortestPart = 4;

    /// <summary>
    /// The candidate with the fewest edits (Levenshtein), ignoring case; the first of several. <see langword="null"/>
    /// where none is near enough to have been meant: a wrong guess invites the wrong command.
    /// </summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var start = word[..Math.Min(word.Length, LongestWord)].ToLowerInvariant();
        return candidates
            .Where(candidate => IsMeant(start, candidate.ToLowerInvariant()))
            .MinBy(candidate => Distance(start, candidate.ToLowerInvariant()));
    }

    /// <summary>Whether one is the other with a slip of the finger or two.</summary>
    public static bool IsNear(string word, string candidate) =>
        Math.Abs(word.Length - candidate.Length) <= MostSlips
        && Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant()) <= MostSlips;

    /// <summary>Half of a short word may not be wrong: <c>-n</c> is not a misspelt <c>-c</c>, and <c>foo</c> is not <c>up</c>.</summary>
    private static bool IsMeant(string word, string candidate) =>
        Distance(word, candidate) <= Math.Min(MostSlips + 1, word.TrimStart('-').Length / 2)
        || IsPart(word, candidate)
        || IsPart(candidate, word)
        || IsPart(word[..(word.Length * 2 / 3)], candidate);

    private static bool IsPart(string part, string whole) =>
        part.Length >= ShortestPart && whole.Contains(part, StringComparison.Ordinal);

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
