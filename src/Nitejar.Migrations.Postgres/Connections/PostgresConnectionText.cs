using System.Data.Common;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Understands what names a PostgreSQL database: a URL of libpq, or an ADO.NET string of Npgsql. Errors never repeat the text.</summary>
/// <param name="variable">Returns an environment variable: <c>PGHOST</c> and the others that psql knows fill in what the text leaves out.</param>
public sealed class PostgresConnectionText(Func<string, string?> variable)
{
    private const string SchemaKeyword = "schema";
    private const string ServiceKeyword = "service";

    /// <summary>The name by which a server knows the program, unless the text or PGAPPNAME has another.</summary>
    public string Program { get; init; } = "nitejar-migrate";

    /// <summary>The variables of libpq that Npgsql does not read by itself, with the keywords that they stand for.</summary>
    private static readonly (string Variable, string Keyword)[] Variables =
    [
        ("PGHOST", "Host"),
        ("PGPORT", "Port"),
        ("PGDATABASE", "Database"),
        ("PGSSLMODE", "SSL Mode"),
        ("PGAPPNAME", "Application Name"),
        ("PGCONNECT_TIMEOUT", "Timeout"),
    ];

    /// <summary>Parses an ADO.NET string.</summary>
    /// <exception cref="FormatException">It is not one; the message is a part of a sentence.</exception>
    public PostgresTarget ParseAdo(string connection) =>
        Understood(
            "is not an ADO.NET string that Npgsql understands",
            () =>
            {
                var words = new DbConnectionStringBuilder { ConnectionString = connection };
                var service = words.TryGetValue(ServiceKeyword, out var name) ? $"{name}" : null;
                words.Remove(ServiceKeyword);
                var builder = new NpgsqlConnectionStringBuilder(words.ConnectionString);
                return Complete(builder, (Schema: null, service));
            }
        );

    /// <summary>Parses a URL, as psql does: several hosts, a socket's folder as <c>?host=</c>.</summary>
    /// <param name="url">All of it, <c>postgres://</c> included.</param>
    /// <exception cref="FormatException">It is not one; the message is a part of a sentence.</exception>
    public PostgresTarget ParseUrl(string url) =>
        Understood("is not a URL of a database that Npgsql understands", () => Parse(url));

    /// <summary>Without the driver's error as a cause: its message repeats parts of the text.</summary>
    private static PostgresTarget Understood(string otherwise, Func<PostgresTarget> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e)
            when (e is ArgumentException or OverflowException or KeyNotFoundException)
        {
            throw new FormatException(otherwise);
        }
    }

    private PostgresTarget Parse(string url)
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
        return Complete(builder, SetParameters(builder, parameters));
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
                case SchemaKeyword:
                    schema = value;
                    break;
                case ServiceKeyword:
                    service = value;
                    break;
                default:
                    Set(builder, pair[0], value, "has a URL parameter");
                    break;
            }
        }

        return (schema, service);
    }

    private static void Set(
        NpgsqlConnectionStringBuilder builder,
        string parameter,
        string value,
        string what
    )
    {
        try
        {
            builder[KeywordOf(parameter)] = ValueOf(parameter, value);
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or FormatException
                        or OverflowException
                        or KeyNotFoundException
            )
        {
            throw new FormatException($"{what} or a value of one that is not understood");
        }
    }

    /// <summary>Libpq's names in Npgsql's words.</summary>
    private static string KeywordOf(string parameter) =>
        parameter switch
        {
            "user" => "Username",
            "dbname" => "Database",
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "target_session_attrs" => "Target Session Attributes",
            "load_balance_hosts" => "Load Balance Hosts",
            "search_path" => "Search Path",
            "options" => "Options",
            "passfile" => "Passfile",
            "gssencmode" => "GSS Encryption Mode",
            "channel_binding" => "Channel Binding",
            _ => parameter,
        };

    /// <summary>Libpq writes these words with hyphens, and Npgsql without.</summary>
    private static string ValueOf(string parameter, string value) =>
        parameter == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;

    /// <summary>What the text leaves out, its service says, and what that leaves out, the variables.</summary>
    private PostgresTarget Complete(
        NpgsqlConnectionStringBuilder builder,
        (string? Schema, string? Service) own
    )
    {
        if ((own.Service ?? variable("PGSERVICE")) is { Length: > 0 } service)
        {
            foreach (var (parameter, value) in new PostgresServiceFile(variable).Read(service))
            {
                if (!builder.ShouldSerialize(KeywordOf(parameter)))
                {
                    Set(builder, parameter, value, "names a service with a parameter");
                }
            }
        }

        foreach (var (name, keyword) in Variables)
        {
            if (!builder.ShouldSerialize(keyword) && variable(name) is { Length: > 0 } value)
            {
                builder[keyword] = name == "PGSSLMODE" ? ValueOf("sslmode", value) : value;
            }
        }

        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new FormatException("names no host, and PGHOST is not set");
        }

        // Both are printed, and some of them may have been escaped.
        if ($"{builder.Host}{builder.Database}{own.Schema}".Any(char.IsControl))
        {
            throw new FormatException("contains control characters");
        }

        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = string.Create(
                CultureInfo.InvariantCulture,
                $"{Program} {Environment.MachineName}:{Environment.ProcessId}"
            );
        }

        return PostgresTarget.Of(builder, own.Schema);
    }
}
