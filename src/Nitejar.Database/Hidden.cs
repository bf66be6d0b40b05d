namespace Nitejar.Database;

/// <summary>What stands in texts for people where a secret would be.</summary>
internal static class Hidden
{
    public const string Mark = "(hidden)";

    /// <summary>The mark, or nothing where there is nothing to hide.</summary>
    public static string Unless(bool absent) => absent ? "" : Mark;
}
