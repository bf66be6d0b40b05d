using System.Data.Common;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Understands what names a PostgreSQL database: a URL of libpq, or an ADO.NET string of Npgsql. Errors never repeat the text.</summary>
/// <param name="variable">Returns an environment variable: <c>PGHOST</c> and the others that psql knows fill in what the text leaves out.</param>
public sealed class PostgresConnectionText(Func<string, string?> variable)
{
    private const string ServiceKeyword = "service";

    /// <summary>The name by which a server knows the program, unless the text or PGAPPNAME has another.</summary>
    public string Program { get; init; } = "nitejar-migrate";

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
        Understood(
            "is not a URL of a database that Npgsql understands",
            () =>
            {
                var parsed = PostgresUrl.Parse(url);
                return Complete(parsed.Connection, (parsed.Schema, parsed.Service));
            }
        );

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
                if (!LibpqParameters.Has(builder, parameter))
                {
                    LibpqParameters.Set(
                        builder,
                        parameter,
                        value,
                        "names a service with a parameter"
                    );
                }
            }
        }

        LibpqParameters.Complete(builder, variable);
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
