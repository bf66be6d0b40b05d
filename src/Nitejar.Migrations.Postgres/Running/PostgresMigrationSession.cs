using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Sessions;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>A run on PostgreSQL: an advisory lock of its session, and one transaction after the other.</summary>
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
        CancellationToken cancellation
    )
        : base(connection, settings, cancellation)
    {
        _script = new PostgresScript(connection.Connection, Dialect, settings, cancellation)
        {
            Rows = Rows,
        };
        _code = new PostgresUserCode(this, connection.Connection, cancellation);
        _lock = new PostgresLock(connection, settings, cancellation);
        _transaction = _lock.Begin();
        _interrupt = new PostgresInterrupt(connection, _script, cancellation);
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
        try
        {
            return new PostgresMigrationSession(connection, settings, cancellation);
        }
        catch (Exception e)
        {
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
        switch (operation)
        {
            case Statement statement:
                Run(() => _script.Execute(statement, watcher));
                break;
            case StepCode step:
                _code.RunInside(step.Code, _transaction, watcher);
                Rows.Deferred.AfterCode();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    public void ExecuteAlone(IStepOperation operation, IStatementWatcher watcher)
    {
        WaitForTables();
        if (operation is Statement text && !PostgresStatement.RefusesTransaction(text.Sql))
        {
            Execute(operation, watcher);
            return;
        }

        CommitTransaction();
        try
        {
            switch (operation)
            {
                case Statement statement:
                    Run(() => _script.Execute(statement, watcher));
                    break;
                case StepCode step:
                    _code.Run(step.Code, transaction: null, watcher);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(operation));
            }
        }
        finally
        {
            // Where the failure is excused, the run continues in a transaction.
            if (Connection.State == System.Data.ConnectionState.Open)
            {
                _transaction = Opened.Begin();
            }
        }
    }

    public StatementOutcome FindOutcome(Statement statement) =>
        PostgresOutcomes.Find(Connection, statement.Sql);

    public void CommitAndContinue()
    {
        CommitTransaction();
        _transaction = Opened.Begin();
    }

    public CommitResult Commit(Func<ISession, bool>? hasLasted)
    {
        try
        {
            Rows.RequireReferences();
            Opened.LeaveNothing();
        }
        catch (PostgresException e) when (!PostgresErrors.IsBusy(e))
        {
            return PostgresCommit.NotCommitted(Name, e);
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            return new CommitResult(CommitOutcome.NotCommitted) { Failure = Translated(e) };
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
        _transaction = Opened.Begin();
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
        if (!PostgresErrors.IsBusy(e) || _waitsForTables)
        {
            return base.Translated(e);
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
            _lock.Release();
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
            _transaction.Commit();
            _transaction.Dispose();
        });
}
