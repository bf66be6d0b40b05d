using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>A URL of libpq, taken apart. Its errors never repeat it.</summary>
/// <param name="connection">What Npgsql knows of it.</param>
/// <param name="schema">The schema of the migrations; <see langword="null"/> where it names none.</param>
/// <param name="service">The service whose file completes it; <see langword="null"/> where it names none.</param>
internal sealed class PostgresUrl(
    NpgsqlConnectionStringBuilder connection,
    string? schema,
    string? service
)
{
    /// <summary>What Npgsql knows of it.</summary>
    public NpgsqlConnectionStringBuilder Connection => connection;

    /// <summary>The schema of the migrations; <see langword="null"/> where it names none.</summary>
    public string? Schema => schema;

    /// <summary>The service whose file completes it; <see langword="null"/> where it names none.</summary>
    public string? Service => service;

    /// <summary>Takes a URL apart, as psql does: several hosts, a socket's folder as <c>?host=</c>.</summary>
    /// <param name="url">All of it, <c>postgres://</c> included.</param>
    /// <exception cref="FormatException">It is not one; the message is a part of a sentence.</exception>
    public static PostgresUrl Parse(string url)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        var rest = url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            throw new FormatException("is a URL without // behind its scheme");
        }

        rest = rest[2..];
        RequireHosts(rest);
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var parameters = query < 0 ? "" : rest[(query + 1)..];
        rest = query < 0 ? rest : rest[..query];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && slash < rest.Length - 1)
        {
            builder.Database = Uri.UnescapeDataString(rest[(slash + 1)..]);
        }

        SetAuthority(builder, slash < 0 ? rest : rest[..slash]);
        var (schema, service) = SetParameters(builder, parameters);
        return new PostgresUrl(builder, schema, service);
    }

    /// <summary>What has to be escaped in a password would otherwise end the host, and be taken for a name.</summary>
    private static void RequireHosts(string rest)
    {
        var end = rest.AsSpan().IndexOfAny("/?");
        var authority = end < 0 ? rest : rest[..end];
        var hosts = authority[(authority.LastIndexOf('@') + 1)..];
        var isEscaped =
            rest.IndexOf('@', authority.Length) < 0
            && !rest.Contains('#', StringComparison.Ordinal);
        if (!isEscaped || !hosts.Split(',').All(IsHost))
        {
            throw new FormatException(
                "has a host that is not one; in a password, / ? # and @ are written as %2F %3F %23 and %40"
            );
        }
    }

    /// <summary>A name or an address with or without a port; a socket's folder has escaped slashes.</summary>
    private static bool IsHost(string host)
    {
        var port = host.LastIndexOf(':');
        var isPort =
            port < 0
            || host.EndsWith(']')
            || ushort.TryParse(
                host[(port + 1)..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out _
            );
        return isPort
            && host.All(c =>
                char.IsAsciiLetterOrDigit(c) || ".-_:[]%".Contains(c, StringComparison.Ordinal)
            );
    }

    private static void SetAuthority(NpgsqlConnectionStringBuilder builder, string authority)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var user = authority[..at].Split(':', 2);
            builder.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2)
            {
                builder.Password = Uri.UnescapeDataString(user[1]);
            }
        }

        // Several hosts are written the same way by both, and a port stays with its host.
        if (authority[(at + 1)..] is { Length: > 0 } hosts)
        {
            builder.Host = Uri.UnescapeDataString(hosts);
        }
    }

    /// <returns>What is not Npgsql's; <see langword="null"/> where it is not named.</returns>
    private static (string? Schema, string? Service) SetParameters(
        NpgsqlConnectionStringBuilder builder,
        string parameters
    )
    {
        string? schema = null;
        string? service = null;
        foreach (var part in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            var value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
            switch (pair[0])
            {
                case "schema":
                    schema = value;
                    break;
                case "service":
                    service = value;
                    break;
                default:
                    LibpqParameters.Set(builder, pair[0], value, "has a URL parameter");
                    break;
            }
        }

        return (schema, service);
    }
}
