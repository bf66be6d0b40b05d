using System.Text;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Finds passwords that are written out in a connection, be it whole, broken, or part of an argument.</summary>
internal static class LiteralPassword
{
    private static readonly string[] Keys = ["password", "pwd"];

    /// <summary>The first password; <see langword="null"/> where there is none or it is a <c>${VARIABLE}</c>.</summary>
    public static string? In(string? connection) => AllIn(connection).FirstOrDefault();

    /// <summary>Every password, without those that are a <c>${VARIABLE}</c>.</summary>
    public static IEnumerable<string> AllIn(string? connection)
    {
        if (connection is null)
        {
            return [];
        }

        return InAssignments(connection)
            .Append(InUrl(connection) ?? "")
            .Where(found => found.Length > 0 && !found.Contains("${", StringComparison.Ordinal));
    }

    /// <summary><c>scheme://user:password@host</c>, also where the password holds what it should have escaped.</summary>
    private static string? InUrl(string connection)
    {
        var scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return null;
        }

        var rest = connection[(scheme + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var at = authority.LastIndexOf('@');
        if (at < 0 && !IsPort(authority[(colon + 1)..]))
        {
            at = rest.LastIndexOf('@');
        }

        return at > colon ? rest[(colon + 1)..at] : null;
    }

    private static bool IsPort(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary><c>Password=...</c> in an ADO.NET string or as a parameter of a URL.</summary>
    private static IEnumerable<string> InAssignments(string connection)
    {
        foreach (var key in Keys)
        {
            var at = -1;
            while ((at = connection.IndexOf(key, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
            {
                var behind = connection[(at + key.Length)..].TrimStart();
                if (behind.StartsWith('='))
                {
                    yield return ValueOf(behind[1..].TrimStart());
                }
            }
        }
    }

    /// <summary>Up to the next separator, or what stands in quotes; a doubled quote stands for itself.</summary>
    private static string ValueOf(string text)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            var end = text.AsSpan().IndexOfAny(";&\r\n");
            return (end < 0 ? text : text[..end]).TrimEnd();
        }

        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            var isDoubled = i + 1 < text.Length && text[i + 1] == text[0];
            if (text[i] == text[0] && !isDoubled)
            {
                break;
            }

            i += text[i] == text[0] ? 1 : 0;
            value.Append(text[i]);
        }

        return value.ToString();
    }
}
