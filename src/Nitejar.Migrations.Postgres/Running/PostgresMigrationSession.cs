using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Running.Locks;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Sessions;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>A run on PostgreSQL: a lock, and one transaction after the other.</summary>
internal sealed class PostgresMigrationSession : PostgresReadSession, IMigrationSession
{
    private readonly PostgresLock _lock;
    private readonly PostgresScript _script;
    private readonly PostgresUserCode _code;
    private readonly PostgresInterrupt _interrupt;
    private NpgsqlTransaction _transaction;
    private bool _waitsForTables;

    private PostgresMigrationSession(
        PostgresConnection connection,
        TransactionSettings settings,
        PostgresLock @lock
    )
        : base(connection, settings, @lock.End)
    {
        _script = new PostgresScript(connection.Connection, Dialect, settings, Cancellation)
        {
            Rows = Rows,
        };
        _code = new PostgresUserCode(this, connection.Connection, Cancellation);
        _lock = @lock;
        _transaction = _lock.Begin();
        _interrupt = new PostgresInterrupt(connection, _script, Cancellation);
    }

    /// <summary>A database is made by its server.</summary>
    public bool IsNew => false;

    public bool HoldsLockBetweenTransactions => true;

    /// <summary>Takes the lock and begins.</summary>
    /// <param name="connection">The connection, which becomes the session's.</param>
    /// <param name="settings">How long to wait.</param>
    /// <param name="cancellation">Ends the wait and the statements.</param>
    public static PostgresMigrationSession Begin(
        PostgresConnection connection,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        var held = PostgresLock.For(connection, settings, cancellation);
        try
        {
            return new PostgresMigrationSession(connection, settings, held);
        }
        catch (Exception e)
        {
            held.Dispose();
            connection.Dispose();
            if (PostgresErrors.IsOfDriver(e))
            {
                throw PostgresErrors.Unavailable(connection.Target.Name, e);
            }

            throw;
        }
    }

    /// <summary>PostgreSQL checks references, views and triggers itself.</summary>
    public IDeferredChecks? CreateChecks() => null;

    public void LockTables(IReadOnlyList<string> tables) => _script.Lock(tables);

    public void Execute(IStepOperation operation, IStatementWatcher watcher)
    {
        try
        {
            Execute(operation, _transaction, watcher);
        }
        catch (OperationCanceledException) when (_lock.Lost is { } lost)
        {
            throw lost;
        }
    }

    public void ExecuteAlone(IStepOperation operation, IStatementWatcher watcher)
    {
        WaitForTables();
        var text = (operation as Statement)?.Sql;
        // A lease is read in a transaction: what refuses one is refused there.
        if (
            !Opened.Profile.HasAdvisoryLocks
            || (text is not null && !PostgresStatement.RefusesTransaction(text))
        )
        {
            Execute(operation, watcher);
            if (
                Opened.Profile.FinishesAfterCommit
                && text is not null
                && PostgresStatement.ChangesTables(text)
            )
            {
                // What is journaled with it would last where the change of the schema fails afterwards.
                CommitAndContinue();
            }

            return;
        }

        CommitTransaction();
        try
        {
            Execute(operation, transaction: null, watcher);
        }
        finally
        {
            // Where the failure is excused, the run continues in a transaction.
            if (Connection.State == System.Data.ConnectionState.Open)
            {
                Continue();
            }
        }
    }

    public StatementOutcome FindOutcome(Statement statement) =>
        PostgresOutcomes.Find(Connection, statement.Sql);

    public void CommitAndContinue()
    {
        CommitTransaction();
        Continue();
    }

    public CommitResult Commit(Func<ISession, bool>? hasLasted)
    {
        var refusal = CommitChecks.Refuse(
            () =>
            {
                Rows.RequireReferences();
                _lock.BeforeCommit(isLast: true);
                Opened.LeaveNothing();
            },
            Name,
            Translated
        );
        if (refusal is not null)
        {
            return refusal;
        }

        _interrupt.Dispose();
        var result = new PostgresCommit(Opened, Settings, hasLasted).Make(_transaction);
        if (result.Outcome == CommitOutcome.Committed)
        {
            _lock.Release();
        }

        return result;
    }

    public void Rollback()
    {
        _transaction.Dispose();
        Rows.Deferred.AfterTransaction();
        Continue();
    }

    private void Execute(
        IStepOperation operation,
        NpgsqlTransaction? transaction,
        IStatementWatcher watcher
    )
    {
        switch (operation)
        {
            case Statement statement:
                Run(() => _script.Execute(statement, watcher));
                break;
            case StepCode step when transaction is null:
                _code.Run(step.Code, transaction, watcher);
                break;
            case StepCode step:
                _code.RunInside(step.Code, transaction, watcher);
                Rows.Deferred.AfterCode();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    /// <summary>A migration without a transaction cannot begin again: each of its statements waits as long as the run may.</summary>
    private void WaitForTables()
    {
        if (!_waitsForTables)
        {
            _waitsForTables = true;
            Run(() => Connection.Execute(SessionStart.LockTimeoutSql(Settings.LockTimeout)));
        }
    }

    /// <summary>What the transaction did is undone first: others may wait for its locks.</summary>
    protected override Exception Translated(Exception e)
    {
        if (_waitsForTables || !(PostgresErrors.IsBusy(e) || Opened.Profile.Retries(e)))
        {
            return _lock.Lost ?? base.Translated(e);
        }

        try
        {
            _transaction.Dispose();
            return new BusyTableException(
                PostgresBlockers.Find(Connection, Schema, (PostgresException)e),
                e
            );
        }
        catch (Exception lost) when (PostgresErrors.IsOfDriver(lost))
        {
            return base.Translated(lost);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _interrupt.Dispose();
        try
        {
            _transaction.Dispose();
            _lock.Dispose();
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            // The connection is gone, and the server rolls back by itself.
        }

        base.Dispose(disposing);
    }

    private void CommitTransaction() =>
        Run(() =>
        {
            Rows.RequireReferences();
            _lock.BeforeCommit(isLast: false);
            _transaction.Commit();
            _transaction.Dispose();
            Rows.Deferred.AfterTransaction();
        });

    /// <summary>Begins the next transaction, if the lock is still this run's.</summary>
    private void Continue() =>
        Run(() =>
        {
            _transaction = Opened.Begin();
            _lock.Require();
        });
}
