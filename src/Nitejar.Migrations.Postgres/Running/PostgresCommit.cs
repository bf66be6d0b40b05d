using System.Diagnostics;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Running.Locks;
using Nitejar.Migrations.Postgres.Sessions;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>
/// Commits, and finds out whether it was committed where the answer is lost. The number of the transaction alone does not
/// tell: after a failover another transaction may have it. Nor does a row alone: while the server waits for a standby
/// no other session sees it.
/// </summary>
/// <param name="connection">The session.</param>
/// <param name="settings">For how long it is asked.</param>
/// <param name="hasLasted">Whether another session sees what the transaction wrote; <see langword="null"/> where it wrote nothing by which it can be known.</param>
internal sealed class PostgresCommit(
    PostgresConnection connection,
    TransactionSettings settings,
    Func<ISession, bool>? hasLasted
)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the old session may still be committing before it is ended, which decides it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Commits.</summary>
    public CommitResult Make(NpgsqlTransaction transaction)
    {
        CommittedAs? begun;
        try
        {
            begun = connection.Profile.HasAdvisoryLocks ? ReadIdentity() : null;
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            return NotCommitted(PostgresErrors.Unavailable(connection.Target.Name, e));
        }

        try
        {
            transaction.Commit();
            return new CommitResult(CommitOutcome.Committed);
        }
        catch (PostgresException e)
            when (!PostgresErrors.IsAboutTheConnection(e) && !Leaves(begun, e))
        {
            return NotCommitted(connection.Target.Name, e);
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            connection.Dispose();
            return FindOutcome(begun, e);
        }
    }

    /// <summary>The server has refused to commit, or what has to be checked before it.</summary>
    public static CommitResult NotCommitted(string name, PostgresException e) =>
        NotCommitted(
            e.SqlState.StartsWith("23", StringComparison.Ordinal)
                ? new MigrationFailedException(
                    $"A constraint that is checked at the end of the run is violated: {e.MessageText}.",
                    "Correct the migration, or the rows that violate the constraint.",
                    e
                )
                : PostgresErrors.Unavailable(name, e)
        );

    /// <summary>What the transaction is known by. A time limit would end a wait for a standby, and leave the commit on one server.</summary>
    private CommittedAs ReadIdentity() =>
        connection.Connection.Query(
            """
            SELECT pg_current_xact_id()::text, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
                (SELECT system_identifier::text FROM pg_control_system()),
                (SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()),
                set_config('statement_timeout', '0', true)
            """,
            row => new CommittedAs(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.Text(3)
            )
        )[0];

    /// <summary>Whether it says that it may be committed, or is and has failed afterwards, as CockroachDB does.</summary>
    private static bool Leaves(CommittedAs? begun, PostgresException e) =>
        begun is null && e.SqlState is "40003" or "XXA00";

    private CommitResult FindOutcome(CommittedAs? begun, Exception cause)
    {
        var asking = Stopwatch.StartNew();
        while (true)
        {
            if (TryFind(begun, asking.Elapsed >= Patience, cause) is { } result)
            {
                return result;
            }

            if (asking.Elapsed >= settings.LockTimeout)
            {
                return new CommitResult(CommitOutcome.Unknown) { Failure = cause };
            }

            // Nothing tells when the server has decided, and no signal ends a commit that may be made.
            Thread.Sleep(Poll);
        }
    }

    /// <returns>The outcome; <see langword="null"/> where it is not decided yet or no server answers.</returns>
    private CommitResult? TryFind(CommittedAs? begun, bool mayEnd, Exception cause)
    {
        try
        {
            using var now = PostgresConnections.OpenToRead(
                connection.Target,
                new SessionStart(
                    connection.Target.Schema,
                    Patience,
                    Patience,
                    IsReadOnly: begun is not null
                )
            );
            return now.Facts.IsStandby ? null
                : begun is null ? FindByLease(now, cause)
                : Find(now, begun, (mayEnd, cause));
        }
        catch (Exception e) when (e is DatabaseUnavailableException || PostgresErrors.IsOfDriver(e))
        {
            return null;
        }
    }

    /// <summary>The transaction had the row of the lease: once another one has it, it is decided.</summary>
    private CommitResult FindByLease(PostgresConnection now, Exception cause)
    {
        using var deciding = now.Begin();
        _ = new LeaseTable(connection.Target.Schema).Lock(now.Connection);
        return hasLasted is null ? new CommitResult(CommitOutcome.Unknown) { Failure = cause }
            : hasLasted(new PostgresSession(now))
                ? new CommitResult(CommitOutcome.Committed) { Warning = Late }
            : NotCommitted(Lost("was rolled back by the server", cause));
    }

    private CommitResult? Find(
        PostgresConnection now,
        CommittedAs begun,
        (bool MayEnd, Exception Cause) asked
    )
    {
        var (timeline, system) = now.Connection.Query(
            "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), (SELECT system_identifier::text FROM pg_control_system())",
            row => (row.GetString(0), row.GetString(1))
        )[0];
        if (system != begun.System)
        {
            return new CommitResult(CommitOutcome.Unknown) { Failure = asked.Cause };
        }

        if (hasLasted is not null && hasLasted(new PostgresSession(now)))
        {
            return new CommitResult(CommitOutcome.Committed) { Warning = Late };
        }

        if (timeline != begun.Timeline)
        {
            return hasLasted is null
                ? new CommitResult(CommitOutcome.Unknown) { Failure = asked.Cause }
                : NotCommitted(Lost("was lost when another server took over", asked.Cause));
        }

        var status = now.Connection.Query(
            "SELECT pg_xact_status(@id::xid8)",
            row => row.Text(0),
            ("@id", begun.Transaction)
        )[0];
        switch (status)
        {
            case "committed":
                return new CommitResult(CommitOutcome.Committed) { Warning = Late };
            case "aborted":
                return NotCommitted(Lost("was rolled back by the server", asked.Cause));
            case "in progress":
                if (asked.MayEnd)
                {
                    End(now, begun);
                }

                return null;
            default:
                return new CommitResult(CommitOutcome.Unknown) { Failure = asked.Cause };
        }
    }

    private const string Late =
        "The connection was lost while the run was committed; the server was asked again, and has it.";

    /// <summary>Ends the session that still commits; the same role may do that. Its number may be another session's by now.</summary>
    private void End(PostgresConnection now, CommittedAs begun) =>
        now.Connection.Execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = @pid AND backend_start::text = @start",
            ("@pid", connection.Facts.BackendId),
            ("@start", begun.BackendStart)
        );

    private DatabaseUnavailableException Lost(string how, Exception cause) =>
        new(
            $"The connection to {connection.Target.Name} was lost while the run was committed, and the run {how}: nothing of it is applied.",
            "Run the command again.",
            cause
        );

    private static CommitResult NotCommitted(Exception failure) =>
        new(CommitOutcome.NotCommitted) { Failure = failure };

    /// <summary>What a transaction is known by.</summary>
    /// <param name="Transaction">Its number.</param>
    /// <param name="Timeline">The server's line of history: another one begins with each failover.</param>
    /// <param name="System">The cluster.</param>
    /// <param name="BackendStart">When the session began.</param>
    private sealed record CommittedAs(
        string Transaction,
        string Timeline,
        string System,
        string? BackendStart
    );
}
