using Npgsql;

namespace Nitejar.Database.Connections;

/// <summary>A URL as libpq takes it, which Npgsql does not.</summary>
internal static class PostgresUrl
{
    /// <exception cref="ArgumentException">It is not such a URL, or has a parameter that Npgsql does not know.</exception>
    public static string ToConnectionString(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed))
            throw ConnectionText.Invalid("is not a URL");

        var builder = new NpgsqlConnectionStringBuilder();
        if (parsed.Host.Length > 0)
            builder.Host = Uri.UnescapeDataString(parsed.Host).Trim('[', ']');

        if (parsed.Port > 0)
            builder.Port = parsed.Port;

        if (parsed.AbsolutePath.Trim('/') is { Length: > 0 } database)
            builder.Database = Uri.UnescapeDataString(database);

        if (parsed.UserInfo.Length > 0)
        {
            var parts = parsed.UserInfo.Split(':', 2);
            builder.Username = Uri.UnescapeDataString(parts[0]);
            if (parts.Length == 2)
                builder.Password = Uri.UnescapeDataString(parts[1]);
        }

        foreach (
            var parameter in parsed
                .Query.TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            Set(builder, parameter.Split('=', 2));
        }

        return builder.ToString();
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string[] parameter)
    {
        var value = parameter.Length == 2 ? Uri.UnescapeDataString(parameter[1]) : "";
        try
        {
            builder[KeywordOf(Uri.UnescapeDataString(parameter[0]))] = value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw ConnectionText.Invalid("has a URL parameter that Npgsql does not take");
        }
    }

    /// <summary>libpq's name in Npgsql's words.</summary>
    private static string KeywordOf(string name) =>
        name.ToLowerInvariant() switch
        {
            "sslmode" => "SSL Mode",
            "user" => "Username",
            "dbname" => "Database",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "options" => "Options",
            _ => name,
        };
}
