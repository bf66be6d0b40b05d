using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Says what the errors of a server and of the way to it mean for a run.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether an error comes from the server, the driver or the network.</summary>
    public static bool IsOfDriver(Exception e) =>
        e is NpgsqlException or SocketException or TimeoutException or IOException
        || (e is InvalidOperationException or ObjectDisposedException && e.Source == "Npgsql");

    /// <summary>Whether a lock of a table was not free in time, or two sessions wait for each other.</summary>
    public static bool IsBusy(Exception e) =>
        e
            is PostgresException
            {
                SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            };

    /// <summary>Whether a standby has ended a statement that was in the way of what it had to take over.</summary>
    public static bool IsOfRecovery(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure;

    /// <summary>Whether a statement was ended from outside, or took too long.</summary>
    public static bool IsInterrupt(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    /// <summary>Whether the connection, its server or its role, and not a statement, is what is wrong.</summary>
    public static bool IsAboutTheConnection(Exception e) =>
        e is not PostgresException
        || e
            is PostgresException
            {
                SqlState: PostgresErrorCodes.InsufficientPrivilege
                    or PostgresErrorCodes.ReadOnlySqlTransaction
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.DiskFull
                    or PostgresErrorCodes.OutOfMemory
                    or "57P05" // idle_session_timeout
                    or "25P03" // idle_in_transaction_session_timeout
                    or "25P04" // transaction_timeout
            };

    public static LockTimeoutException Locked(string name, string? holder, Exception? cause) =>
        new(
            $"{name} is locked by {holder ?? "another session"} and was not released in time.",
            "Wait for the other run or session to end, or allow more time with --lock-timeout.",
            cause
        );

    /// <summary>What an error means.</summary>
    /// <param name="name">What people call the database.</param>
    /// <param name="e">The error.</param>
    public static DatabaseUnavailableException Unavailable(string name, Exception e) =>
        e is PostgresException refused ? Refused(name, refused) : Unreachable(name, e);

    private static DatabaseUnavailableException Refused(string name, PostgresException e) =>
        e.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
                $"{name} does not let this user in: {e.MessageText}.",
                "Correct the user or the password (PGUSER, PGPASSWORD, PGPASSFILE), or the server's pg_hba.conf.",
                e
            ),
            PostgresErrorCodes.InvalidCatalogName => new(
                $"{name}: {e.MessageText}.",
                "Correct the name, or make the database with CREATE DATABASE.",
                e
            )
            {
                MayPass = true,
                Code = ErrorCode.Absent,
            },
            PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => new(
                $"{name} takes no connection at the moment: {e.MessageText}.",
                "Run the command again, or wait for the server with --wait.",
                e
            )
            {
                MayPass = true,
            },
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => new(
                $"{name} ended the connection: {e.MessageText}.",
                "Nothing of the run was committed; run the command again.",
                e
            )
            {
                MayPass = true,
            },
            PostgresErrorCodes.InsufficientPrivilege => new(
                $"This role may not do that on {name}: {e.MessageText}.",
                "Use the role that owns the schema and its tables, or grant it the right (since PostgreSQL 15: GRANT CREATE ON SCHEMA public TO role).",
                e
            ),
            PostgresErrorCodes.ReadOnlySqlTransaction => new(
                $"{name} is read-only: {e.MessageText}.",
                "Connect to the primary server, or ask why default_transaction_read_only is on.",
                e
            ),
            PostgresErrorCodes.SerializationFailure => new(
                $"{name} ended the read, twice if it could be repeated: {e.MessageText}.",
                "Run the command again, or read from the primary server; max_standby_streaming_delay is how long a standby waits for its readers.",
                e
            )
            {
                MayPass = true,
            },
            PostgresErrorCodes.ProtocolViolation when IsOfPooler(e) => new(
                $"{name} is a pooler that does not take the connection: {e.MessageText}.",
                "Use a direct connection to the server; a pooler has to be in transaction or session mode, and takes no Options (PGOPTIONS).",
                e
            ),
            PostgresErrorCodes.DiskFull => new(
                $"There is no room left on the server of {name}.",
                "Free space there and run the command again.",
                e
            ),
            _ => new(
                $"{name} answered with an error: {e.MessageText} ({e.SqlState}).",
                "Look at the server's log; --verbose shows more.",
                e
            ),
        };

    /// <summary>PgBouncer's own errors all have the code of a violated protocol.</summary>
    private static bool IsOfPooler(PostgresException e) =>
        e.MessageText.Contains("startup parameter", StringComparison.Ordinal)
        || e.MessageText.Contains("statement pooling", StringComparison.Ordinal);

    private static DatabaseUnavailableException Unreachable(string name, Exception e) =>
        e.InnerException is AuthenticationException ? Untrusted(name, e) : Silent(name, e);

    private static DatabaseUnavailableException Untrusted(string name, Exception e) =>
        new(
            $"The certificate of {name} is not trusted: no root that is known here has signed it, it is for another host, or its time is over.",
            "Name the file of the root that has signed it (Root Certificate=..., sslrootcert=...), and the host as the certificate does.",
            e
        );

    private static DatabaseUnavailableException Silent(string name, Exception e) =>
        new(
            $"{name} cannot be reached: {WordsOf(e)}.",
            "Check the host and the port, that the server runs, and that it takes connections from here.",
            e
        )
        {
            MayPass = true,
        };

    /// <summary>The innermost reason, which says more than that there was an error while connecting.</summary>
    private static string WordsOf(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message.TrimEnd('.');
    }
}
