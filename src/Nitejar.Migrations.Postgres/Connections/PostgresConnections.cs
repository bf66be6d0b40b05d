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
        try
        {
            try
            {
                return Connect(target, isRefused: false);
            }
            catch (PostgresException e)
                when (target.AskPassword is not null
                    && e.SqlState == PostgresErrorCodes.InvalidPassword
                )
            {
                // It may have been good for a short time only.
                return Connect(target, isRefused: true);
            }
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

    private static NpgsqlConnection Connect(PostgresTarget target, bool isRefused)
    {
        // Only this builder leaves out of a native program what is never used. Without a pool its source holds nothing.
        var builder = new NpgsqlSlimDataSourceBuilder(target.ConnectionString);
        if (target.AskPassword is { } ask)
        {
            builder.ConnectionStringBuilder.Password = ask(isRefused);
        }

        builder.EnableTransportSecurity();
        TrustedCertificates.Choose(builder.ConnectionStringBuilder);
        return builder.Build().OpenConnection();
    }

    /// <summary>Opens one and sets what a session of this program needs, whatever the role or the database sets.</summary>
    /// <param name="target">The database.</param>
    /// <param name="start">How long statements and their locks may take.</param>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or does not let this user in, or is not one to run on.</exception>
    public static PostgresConnection Open(PostgresTarget target, SessionStart start)
    {
        var connection = Open(target);
        try
        {
            var opened = new PostgresConnection(connection, target, start);
            opened.RequireUsable();
            return opened;
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

    /// <summary>Opens one that only reads. Behind a pooler it is in a transaction, and so stays with one session of the server.</summary>
    /// <inheritdoc cref="Open(PostgresTarget, SessionStart)"/>
    public static PostgresConnection OpenToRead(PostgresTarget target, SessionStart start)
    {
        var opened = Open(target, start);
        try
        {
            opened.BeginReading();
            return opened;
        }
        catch (Exception e)
        {
            opened.Dispose();
            if (PostgresErrors.IsOfDriver(e))
            {
                throw PostgresErrors.Unavailable(target.Name, e);
            }

            throw;
        }
    }
}
