using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>
/// Takes secrets out of everything that leaves the program: those it was told of, in plain, URL-encoded and base64
/// form, and whatever looks like a password in a URL or a connection string.
/// </summary>
internal sealed class Redactor
{
    private const string Mask = "***";
    private static readonly string[] PasswordKeys = ["password", "pwd", "passfile", "ssl password"];
    private static readonly SearchValues<char> EndsOfAuthority = SearchValues.Create(
        " \t\r\n\"'<>/"
    );
    private readonly List<string> _secrets = [];

    /// <summary>Makes a secret known. Empty ones are ignored.</summary>
    public void Add(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return;
        }

        _secrets.Add(secret);
        _secrets.Add(Uri.EscapeDataString(secret));
        _secrets.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        _secrets.Add(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(secret)));
        _secrets.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return CleanAssignments(CleanUrls(text));
    }

    /// <summary><c>scheme://user:password@host</c> keeps all but the password.</summary>
    private static string CleanUrls(string text)
    {
        var from = 0;
        while (text.IndexOf("://", from, StringComparison.Ordinal) is var scheme and >= 0)
        {
            from = scheme + 3;
            var end = text.AsSpan(from).IndexOfAny(EndsOfAuthority);
            var authority = end < 0 ? text.AsSpan(from) : text.AsSpan(from, end);
            var at = authority.LastIndexOf('@');
            var colon = at < 0 ? -1 : authority[..at].IndexOf(':');
            if (colon >= 0)
            {
                text = string.Concat(
                    text.AsSpan(0, from + colon + 1),
                    Mask,
                    text.AsSpan(from + at)
                );
            }
        }

        return text;
    }

    /// <summary><c>Password=secret;</c> keeps all but the value.</summary>
    private static string CleanAssignments(string text)
    {
        foreach (var key in PasswordKeys)
        {
            var from = 0;
            while (
                text.IndexOf(key + "=", from, StringComparison.OrdinalIgnoreCase) is var at and >= 0
            )
            {
                from = at + key.Length + 1;
                var end = EndOfValue(text, from);
                text = string.Concat(text.AsSpan(0, from), Mask, text.AsSpan(end));
                from += Mask.Length;
            }
        }

        return text;
    }

    private static int EndOfValue(string text, int start)
    {
        if (start < text.Length && text[start] is '"' or '\'')
        {
            var quote = text.IndexOf(text[start], start + 1);
            return quote < 0 ? text.Length : quote + 1;
        }

        var end = text.AsSpan(start).IndexOfAny(";&\r\n");
        return end < 0 ? text.Length : start + end;
    }
}
