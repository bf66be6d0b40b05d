namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Finds a password that is written out in a connection.</summary>
internal static class LiteralPassword
{
    private static readonly string[] Keys = ["password", "pwd"];

    /// <summary>The password; <see langword="null"/> where there is none or it is a <c>${VARIABLE}</c>.</summary>
    public static string? In(string? connection)
    {
        var found = connection is null ? null : InUrl(connection) ?? InAdoString(connection);
        return string.IsNullOrEmpty(found) || found.Contains("${", StringComparison.Ordinal)
            ? null
            : found;
    }

    private static string? InUrl(string connection)
    {
        var scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return null;
        }

        var authority = connection[(scheme + 3)..];
        var at = authority.LastIndexOf('@');
        var colon = at < 0 ? -1 : authority.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon < at ? authority[(colon + 1)..at] : null;
    }

    private static string? InAdoString(string connection) =>
        connection
            .Split(';')
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2 && Keys.Contains(pair[0].Trim().ToLowerInvariant()))
            .Select(pair => pair[1].Trim())
            .FirstOrDefault();
}
