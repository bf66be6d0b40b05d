using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Parameters of a connection as libpq names them, in the words of Npgsql.</summary>
internal static class LibpqParameters
{
    /// <summary>The variables that Npgsql does not read by itself, with the keywords that they stand for.</summary>
    private static readonly (string Variable, string Keyword)[] Variables =
    [
        ("PGHOST", "Host"),
        ("PGPORT", "Port"),
        ("PGDATABASE", "Database"),
        ("PGSSLMODE", "SSL Mode"),
        ("PGAPPNAME", "Application Name"),
        ("PGCONNECT_TIMEOUT", "Timeout"),
    ];

    /// <summary>Sets a parameter.</summary>
    /// <param name="builder">The connection.</param>
    /// <param name="parameter">Its name for libpq, or for Npgsql.</param>
    /// <param name="value">Its value.</param>
    /// <param name="what">What has it, as the beginning of an error.</param>
    /// <exception cref="FormatException">It is not known, or its value is not one of its values.</exception>
    public static void Set(
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

    /// <summary>Whether the connection has it.</summary>
    public static bool Has(NpgsqlConnectionStringBuilder builder, string parameter) =>
        builder.ShouldSerialize(KeywordOf(parameter));

    /// <summary>Takes from variables what the connection lacks.</summary>
    public static void Complete(
        NpgsqlConnectionStringBuilder builder,
        Func<string, string?> variable
    )
    {
        foreach (var (name, keyword) in Variables)
        {
            if (!builder.ShouldSerialize(keyword) && variable(name) is { Length: > 0 } value)
            {
                builder[keyword] = name == "PGSSLMODE" ? ValueOf("sslmode", value) : value;
            }
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
}
