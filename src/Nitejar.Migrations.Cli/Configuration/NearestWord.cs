namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestWord
{
    private const int LongestWord = 100;

    /// <summary>The candidate with the fewest edits (Levenshtein), ignoring case; the first of several.</summary>
    public static string To(string word, IReadOnlyList<string> candidates)
    {
        var start = word[..Math.Min(word.Length, LongestWord)].ToLowerInvariant();
        return candidates.MinBy(candidate => Distance(start, candidate.ToLowerInvariant()))!;
    }

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
