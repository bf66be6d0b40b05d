using System.Data;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Guards;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>A run on SQLite: <c>BEGIN IMMEDIATE</c> is both its lock and its transaction.</summary>
internal sealed class SqliteMigrationSession : SqliteReadSession, IMigrationSession
{
    private readonly NewDatabaseFile? _newFile;
    private readonly SqliteLockWait _lock;
    private readonly SqliteScript _script;
    private readonly SqliteRestrictions _restrictions;
    private readonly SqliteUserCode _code;
    private readonly SqliteForeignKeyActions _actions;
    private readonly SqliteInterrupt _interrupt;
    private SqliteTransaction _transaction;

    private SqliteMigrationSession(
        SqliteConnection connection,
        SqlitePlace place,
        NewDatabaseFile? newFile,
        TransactionSettings settings,
        CancellationToken cancellation
    )
        : base(connection, place)
    {
        _newFile = newFile;
        _lock = new SqliteLockWait(place.Name, settings, cancellation);
        _transaction = BeginTransaction();
        _script = new SqliteScript(
            connection.Handle!,
            place.Name,
            settings.StatementTimeout,
            cancellation
        );
        _actions = new SqliteForeignKeyActions(connection);
        _restrictions = new SqliteRestrictions(connection);
        _code = new SqliteUserCode(this, connection, _restrictions, cancellation);
        _interrupt = new SqliteInterrupt(connection.Handle!, cancellation);
    }

    public bool IsNew => _newFile is not null;

    /// <summary>The transaction is the lock.</summary>
    public bool HoldsLockBetweenTransactions => false;

    public IDeferredChecks CreateChecks() => new SqliteDeferredChecks(this, Connection);

    public void BeginStep(StepStatements statements) => _actions.BeginStep(statements);

    public void EndStep()
    {
        _restrictions.EndStep();
        _actions.EndStep();
    }

    /// <param name="path">The file to open.</param>
    /// <param name="place">What people call it, and where its history is.</param>
    /// <param name="newFile">The file, when it is to be created; else <see langword="null"/>.</param>
    /// <param name="settings">How long to wait.</param>
    /// <param name="cancellation">Ends the wait and the statements.</param>
    public static SqliteMigrationSession Begin(
        string path,
        SqlitePlace place,
        NewDatabaseFile? newFile,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenToWrite(path, place.Name, newFile?.File);
            return new SqliteMigrationSession(connection, place, newFile, settings, cancellation);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            newFile?.Dispose();
            if (e is ExchangedFileException exchanged)
            {
                throw SqliteErrors.Exchanged(place.Name, exchanged);
            }

            throw;
        }
    }

    public void Execute(IStepOperation operation, IStatementWatcher watcher)
    {
        switch (operation)
        {
            case Statement statement:
                Run(() => Execute(statement, watcher));
                break;
            case StepCode step:
                _code.RunInside(step.Code, _transaction, watcher);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    public void ExecuteAlone(IStepOperation operation, IStatementWatcher watcher)
    {
        if (operation is Statement text && !SqliteStatement.RefusesTransaction(text.Sql))
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
                    _ = _lock.WhenFree(() => ExecuteUnlessBusy(statement, watcher));
                    break;
                case StepCode step:
                    _code.RunAlone(step.Code, watcher);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(operation));
            }
        }
        finally
        {
            // Where the failure is excused, the run continues in a transaction.
            _transaction = BeginTransaction();
            _actions.Defer();
        }
    }

    public void CommitAndContinue()
    {
        CommitTransaction();
        _transaction = BeginTransaction();
        _actions.Defer();
    }

    /// <summary>SQLite always answers.</summary>
    public CommitResult Commit(Func<ISession, bool>? hasLasted)
    {
        _interrupt.Dispose();
        try
        {
            CommitTransaction();
            if (_newFile is not null)
            {
                Connection.Dispose();
                _newFile.Publish();
                return new CommitResult(CommitOutcome.Committed);
            }
        }
        catch (Exception e)
            when (e is MigrateException or OperationCanceledException or SqliteException)
        {
            return new CommitResult(CommitOutcome.NotCommitted) { Failure = e };
        }

        SqliteRollbackJournal.FlushDeletion(Connection.DataSource);
        return new CommitResult(CommitOutcome.Committed)
        {
            Warning = SqliteWriteAheadLog.Checkpoint(Connection, Name),
        };
    }

    public void Rollback() => _transaction.Dispose();

    protected override void Dispose(bool disposing)
    {
        _interrupt.Dispose();
        _transaction.Dispose();
        base.Dispose(disposing);
        _newFile?.Dispose();
    }

    private SqliteTransaction BeginTransaction() =>
        _lock.WhenFree(() =>
            Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false)
        );

    private void CommitTransaction()
    {
        _lock.WhenFree(() =>
        {
            _transaction.Commit();
            return true;
        });
        _transaction.Dispose();
    }

    /// <summary>Without a transaction of its own there is no lock, and others may be in the way of each statement.</summary>
    /// <exception cref="SqliteException">They were; nothing was executed.</exception>
    private bool ExecuteUnlessBusy(Statement statement, IStatementWatcher watcher)
    {
        try
        {
            Execute(statement, watcher);
            return true;
        }
        catch (StatementException e)
            when (e.InnerException is SqliteException cause
                && SqliteErrors.IsBusy(cause.SqliteErrorCode)
            )
        {
            throw cause;
        }
    }

    private void Execute(Statement statement, IStatementWatcher watcher) =>
        _restrictions.Execute(
            statement.Sql,
            statement.IsUnrestricted,
            () => _script.Execute(statement, watcher)
        );
}
