namespace Nitejar.Migrations.Postgres.Sql.Lexing;

/// <summary>Reads texts in quotes.</summary>
internal static class PostgresConstant
{
    /// <summary>
    /// What stands between the quotes or the dollar signs, with the escapes that it has; <see langword="null"/> for any
    /// other word, and for a text that does not end.
    /// </summary>
    public static string? TextOf(ReadOnlySpan<char> word) =>
        word switch
        {
            ['\'', .. var text, '\''] => Undoubled(text),
            ['E' or 'e', '\'', .. var text, '\''] => Undoubled(text),
            ['U' or 'u', '&', '\'', .. var text, '\''] => Undoubled(text),
            ['$', .., '$'] => Between(word),
            _ => null,
        };

    private static string Undoubled(ReadOnlySpan<char> text) =>
        text.ToString().Replace("''", "'", StringComparison.Ordinal);

    private static string? Between(ReadOnlySpan<char> word)
    {
        var tag = PostgresToken.TagOf(word);
        return !tag.IsEmpty && word.Length >= 2 * tag.Length && word.EndsWith(tag)
            ? word[tag.Length..^tag.Length].ToString()
            : null;
    }
}
