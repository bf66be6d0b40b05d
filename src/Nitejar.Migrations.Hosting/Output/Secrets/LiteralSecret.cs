using System.Text;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Output.Secrets;

/// <summary>Finds secrets that are written out in a connection, be it whole, broken, or part of an argument.</summary>
internal static class LiteralSecret
{
    /// <summary>The ends of the names of secrets: <c>authToken</c>, <c>api_key</c> and <c>SSL Password</c> have one.</summary>
    private static readonly string[] Names =
    [
        "key",
        "token",
        "secret",
        "pass",
        "passwd",
        "password",
        "passphrase",
        "pwd",
    ];

    /// <summary>The first secret; <see langword="null"/> where there is none or it is a <c>${VARIABLE}</c>.</summary>
    public static string? In(string? connection) => AllIn(connection).FirstOrDefault();

    /// <summary>Every secret, without those that are a <c>${VARIABLE}</c>.</summary>
    public static IEnumerable<string> AllIn(string? connection)
    {
        if (connection is null)
        {
            return [];
        }

        return InAssignments(connection)
            .Append(InUserInfo(connection) ?? "")
            .Where(found => !ReferenceSyntax.IsIn(found))
            .Concat(ReferenceSyntax.DefaultsIn(connection))
            .Where(found => found.Length > 0);
    }

    /// <summary><c>user:password@host</c>, also where the password holds what it should have escaped.</summary>
    private static string? InUserInfo(string connection)
    {
        var scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return InPath(connection);
        }

        var rest = connection[(scheme + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return authority.Length == 0 ? InPath(rest) : null;
        }

        var at = authority.LastIndexOf('@');
        if (at < 0 && !IsPort(authority[(colon + 1)..]))
        {
            at = rest.LastIndexOf('@');
        }

        return at > colon ? rest[(colon + 1)..at] : null;
    }

    /// <summary>A URL that has lost its scheme, or its slashes; the colon of a Windows drive starts no password.</summary>
    private static string? InPath(string text)
    {
        var at = text.LastIndexOf('@');
        var start = text is [_, ':', '\\' or '/', ..] ? 2 : 0;
        var colon = at < start ? -1 : text.IndexOf(':', start, at - start);
        return colon < 0 ? null : text[(colon + 1)..at];
    }

    private static bool IsPort(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary><c>Password=...</c> and <c>token: ...</c>, in an ADO.NET string, as a parameter of a URL or in quotes.</summary>
    private static IEnumerable<string> InAssignments(string connection)
    {
        char[] signs = ['=', ':'];
        for (
            var at = connection.IndexOfAny(signs);
            at >= 0;
            at = connection.IndexOfAny(signs, at + 1)
        )
        {
            if (EndsInName(connection.AsSpan(0, at)))
            {
                yield return ValueOf(connection[(at + 1)..].TrimStart());
            }
        }
    }

    private static bool EndsInName(ReadOnlySpan<char> before)
    {
        var name = before.TrimEnd(" \t\"'");
        foreach (var end in Names)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
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
