namespace Nitejar.Migrations.Engine.Secrets;

/// <summary>Tells from its looks what is probably a secret. Hashes, UUIDs and images have no such looks.</summary>
public static class SecretShapes
{
    /// <summary>None of them is shorter.</summary>
    public const int Shortest = 20;

    /// <summary>In bits a character. Words have less; 20 random hexadecimal digits have more.</summary>
    private const double LeastEntropy = 3;

    private static readonly (string Start, int Least, string Kind)[] Tokens =
    [
        ("ghp_", 30, "a GitHub token"),
        ("gho_", 30, "a GitHub token"),
        ("ghs_", 30, "a GitHub token"),
        ("ghu_", 30, "a GitHub token"),
        ("ghr_", 30, "a GitHub token"),
        ("github_pat_", 22, "a GitHub token"),
        ("sk-", 20, "an API key"),
        ("sk_live_", 16, "an API key"),
        ("AKIA", 16, "an AWS access key"),
        ("xoxb-", 15, "a Slack token"),
        ("xoxp-", 15, "a Slack token"),
        ("xoxa-", 15, "a Slack token"),
        ("xoxr-", 15, "a Slack token"),
        ("xoxs-", 15, "a Slack token"),
        ("eyJ", 17, "a JSON Web Token"),
    ];

    private static readonly string[] Names =
    [
        "secret",
        "token",
        "password",
        "passwd",
        "private_key",
        "privatekey",
        "api_key",
        "apikey",
    ];

    /// <summary>The ends of names of columns that are about a secret and do not hold it.</summary>
    private static readonly string[] Others = ["id", "hash", "digest", "url", "type", "name"];

    /// <summary>What a text holds, as <c>a GitHub token</c>; <see langword="null"/> for nothing known.</summary>
    public static string? KindOf(ReadOnlySpan<char> text)
    {
        // One of these is in each of the tokens' starts, and in hardly any text of a large seed.
        if (text.Length < Shortest || !text.ContainsAny("_-KJ"))
        {
            return null;
        }

        if (
            text.IndexOf("-----BEGIN ") is var begin and >= 0
            && text[begin..].Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        )
        {
            return "a private key";
        }

        foreach (var (start, least, kind) in Tokens)
        {
            if (HasToken(text, start, least))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Whether a column is named after a secret, and the text is random enough to be one in plain.</summary>
    public static bool IsSecretOf(ReadOnlySpan<char> column, ReadOnlySpan<char> text) =>
        text.Length >= Shortest
        && IsSecretName(column)
        && !text.StartsWith("enc:")
        && !text.ContainsAny(" \t\r\n")
        && text.ContainsAnyInRange('0', '9')
        && !Guid.TryParse(text, out _)
        && EntropyOf(text) >= LeastEntropy;

    private static bool IsSecretName(ReadOnlySpan<char> column)
    {
        foreach (var end in Others)
        {
            if (column.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var name in Names)
        {
            if (column.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasToken(ReadOnlySpan<char> text, string start, int least)
    {
        for (int found; (found = text.IndexOf(start)) >= 0; text = text[(found + start.Length)..])
        {
            var body = text[(found + start.Length)..];
            var end = 0;
            while (end < body.Length && IsOfToken(body[end]))
            {
                end++;
            }

            var isOfItsOwn = found == 0 || !IsOfToken(text[found - 1]);
            if (isOfItsOwn && end >= least && IsBody(start, body, end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What tells a token from a word, or from what an image happens to hold.</summary>
    private static bool IsBody(string start, ReadOnlySpan<char> body, int end) =>
        start switch
        {
            "eyJ" => end < body.Length && body[end] == '.',
            "AKIA" => end == 16 && !body[..end].ContainsAnyExceptInRange('0', 'Z'),
            _ => body[..end].ContainsAnyInRange('0', '9') && EntropyOf(body[..end]) >= LeastEntropy,
        };

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static double EntropyOf(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in text)
        {
            counts[c & 127]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            var share = (double)count / text.Length;
            entropy -= count == 0 ? 0 : share * Math.Log2(share);
        }

        return entropy;
    }
}
