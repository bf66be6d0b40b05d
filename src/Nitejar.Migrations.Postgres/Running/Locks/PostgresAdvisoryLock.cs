using System.Data;
using System.Security.Cryptography;
using System.Text;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running.Locks;

/// <summary>
/// The lock of PostgreSQL: advisory, of the session that executes the statements, or behind a pooler of its transaction. On a
/// connection of its own it would be free while a killed runner's statement still runs, and might be committed.
/// </summary>
/// <inheritdoc cref="PostgresLock(PostgresConnection, TransactionSettings, CancellationToken)" path="/param"/>
internal sealed class PostgresAdvisoryLock(
    PostgresConnection connection,
    TransactionSettings settings,
    CancellationToken cancellation
) : PostgresLock(connection, settings, cancellation)
{
    /// <summary>The first half of the key: this program's. Advisory keys are per database, one space for all programs.</summary>
    private const int Program = 0x4E69_7465;

    /// <summary>The locks <c>l</c> of this program that are held in the database, with <see cref="KeyOf"/> for one schema's.</summary>
    public const string Held = """
        (
            SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND classid = @program::bigint::oid AND objid = (@key::bigint & 4294967295)::oid
        ) AS l
        """;

    private readonly (string Name, object? Value)[] _key = KeyOf(connection.Target.Schema);
    private bool _isReleased;

    /// <summary>The server notices the end of a session a moment after it.</summary>
    public override void Release()
    {
        if (_isReleased || Opened.IsPooled || Connection.State != ConnectionState.Open)
        {
            return;
        }

        _isReleased = true;
        try
        {
            Connection.Execute("SELECT pg_advisory_unlock(@program, @key)", _key);
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            // The run has ended, and its lock ends with the session.
        }
    }

    protected override NpgsqlTransaction? TryBegin()
    {
        if (!Opened.IsPooled)
        {
            return TryTake("pg_try_advisory_lock") ? Opened.Begin() : null;
        }

        // A lock of the session would stay with the pooler, or be another client's. That of a transaction ends with it; until
        // the next attempt others get the session, maybe the run that has the lock.
        var transaction = Opened.Begin();
        if (TryTake("pg_try_advisory_xact_lock"))
        {
            return transaction;
        }

        transaction.Dispose();
        return null;
    }

    private bool TryTake(string function) =>
        Connection.Query($"SELECT {function}(@program, @key)", row => row.GetBoolean(0), _key)[0];

    protected override string? FindHolder()
    {
        var found = Connection.Query(
            $"""
            SELECT coalesce(nullif(a.application_name, ''), 'a session') || ' (server process ' || l.pid
                || coalesce(', user ' || a.usename, '') || ')'
            FROM {Held} LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
            LIMIT 1
            """,
            row => row.GetString(0),
            _key
        );
        return found is [var holder] ? holder : null;
    }

    /// <summary>The key, as parameters of SQL. Two schemas of a database are migrated beside each other.</summary>
    public static (string Name, object? Value)[] KeyOf(string schema) =>
        [
            ("@program", Program),
            ("@key", BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(schema)), 0)),
        ];
}
