using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Opens connections. None of them is pooled: a session's locks and settings end with it.</summary>
internal static class PostgresConnections
{
    /// <summary>Opens one, without settings.</summary>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or does not let this user in.</exception>
    public static NpgsqlConnection Open(PostgresTarget target)
    {
        // Only this builder leaves out of a native program what is never used. Without a pool its source holds nothing.
        var builder = new NpgsqlSlimDataSourceBuilder(target.ConnectionString);
        builder.EnableTransportSecurity();
        TrustedCertificates.Choose(builder.ConnectionStringBuilder);
        try
        {
            return builder.Build().OpenConnection();
        }
        catch (Exception e)
            when (PostgresErrors.IsOfDriver(e)
                || e is ArgumentException or NotSupportedException or InvalidOperationException
            )
        {
            // What the driver finds wrong with a host or an option only when it uses them.
            throw PostgresErrors.Unavailable(target.Name, e);
        }
    }

    /// <summary>Opens one and sets what a session of this program needs, whatever the role or the database sets.</summary>
    /// <param name="target">The database.</param>
    /// <param name="start">How long statements and their locks may take.</param>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or does not let this user in, or is not PostgreSQL.</exception>
    public static PostgresConnection Open(PostgresTarget target, SessionStart start)
    {
        var connection = Open(target);
        try
        {
            var facts = connection.Query(
                start.Sql(connection.PostgreSqlVersion.Major),
                ServerFacts.Of
            )[0];
            facts.RequireKnown(target.Name);
            return new PostgresConnection(connection, target, facts)
            {
                IsPooled = connection.ProcessID != facts.BackendId,
            };
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (PostgresErrors.IsOfDriver(e))
            {
                throw PostgresErrors.Unavailable(target.Name, e);
            }

            throw;
        }
    }
}

/// <summary>An open connection and what its server said of itself.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Target">What it was opened to.</param>
/// <param name="Facts">What the server said.</param>
internal sealed record PostgresConnection(
    NpgsqlConnection Connection,
    PostgresTarget Target,
    ServerFacts Facts
) : IDisposable
{
    /// <summary>Whether a pooler stands between: settings and locks of a session may then be another client's next.</summary>
    public required bool IsPooled { get; init; }

    /// <summary>Refuses what no run can do anything with.</summary>
    /// <exception cref="DatabaseUnavailableException">It is a standby, takes no writes, or is behind a pooler.</exception>
    public void RequireWritable()
    {
        if (Facts.IsStandby)
        {
            throw new DatabaseUnavailableException(
                $"{Target.Name} is a standby, which takes no writes.",
                "Name the primary server, or several hosts with Target Session Attributes=primary."
            );
        }

        if (Facts.IsReadOnly)
        {
            throw new DatabaseUnavailableException(
                $"{Target.Name} takes no writes from this role: default_transaction_read_only is on.",
                "Find out who has set it and why, or use another role."
            );
        }

        if (IsPooled)
        {
            throw new DatabaseUnavailableException(
                $"{Target.Name} is reached through a pooler, where the lock of a run would be another client's.",
                "Use a direct connection to the server for migrations."
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => Connection.Dispose();
}
