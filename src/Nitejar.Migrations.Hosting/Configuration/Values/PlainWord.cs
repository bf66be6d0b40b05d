namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>Decides whether an error may repeat a word that was not understood. Anything could be a secret in the wrong place.</summary>
internal static class PlainWord
{
    private const int Longest = 24;

    /// <summary>Whether it is a short word of letters, which hardly any secret is.</summary>
    public static bool Is(string word) =>
        word.Length is > 0 and <= Longest
        && word.All(c => char.IsAsciiLetter(c) || c is '-' or '_');
}
