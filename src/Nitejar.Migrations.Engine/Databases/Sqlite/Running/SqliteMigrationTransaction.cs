using System.Data;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Files;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Running;

/// <summary>A run on SQLite: <c>BEGIN IMMEDIATE</c> is both its lock and its transaction.</summary>
internal sealed class SqliteMigrationTransaction : SqliteReader, IMigrationTransaction
{
    private readonly NewDatabaseFile? _newFile;
    private readonly SqliteLockWait _lock;
    private readonly CancellationToken _cancellation;
    private readonly SqliteScript _script;
    private readonly SqliteRestrictions _restrictions;
    private readonly SqliteRunData _data;
    private readonly SqliteInterrupt _interrupt;
    private SqliteTransaction _transaction;
    private bool _hasHistoryTables;

    private SqliteMigrationTransaction(
        SqliteConnection connection,
        string name,
        NewDatabaseFile? newFile,
        TransactionSettings settings,
        CancellationToken cancellation
    )
        : base(connection, name)
    {
        _newFile = newFile;
        _lock = new SqliteLockWait(name, settings, cancellation);
        _cancellation = cancellation;
        _transaction = BeginTransaction();
        _script = new SqliteScript(
            connection.Handle!,
            name,
            settings.StatementTimeout,
            cancellation
        );
        _data = new SqliteRunData(connection);
        _restrictions = new SqliteRestrictions(connection);
        _interrupt = new SqliteInterrupt(connection.Handle!, cancellation);
    }

    public bool IsNew => _newFile is not null;

    /// <param name="path">The file to open.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="newFile">The file, when it is to be created; else <see langword="null"/>.</param>
    /// <param name="settings">How long to wait.</param>
    /// <param name="cancellation">Ends the wait and the statements.</param>
    public static SqliteMigrationTransaction Begin(
        string path,
        string name,
        NewDatabaseFile? newFile,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenToWrite(path, name, newFile?.File);
            var transaction = new SqliteMigrationTransaction(
                connection,
                name,
                newFile,
                settings,
                cancellation
            );
            if (newFile is null)
            {
                transaction.RequireOwnTables();
            }

            return transaction;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            newFile?.Dispose();
            if (e is ExchangedFileException exchanged)
            {
                throw SqliteErrors.Exchanged(name, exchanged);
            }

            throw;
        }
    }

    public int Execute(MigrationOperation operation)
    {
        switch (operation)
        {
            case SqlOperation sql:
                return Read(() => Execute(sql));
            case CodeOperation code:
                Execute(code);
                return 1;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    public IReadOnlyList<MigrationOperation> Split(MigrationOperation operation) =>
        operation is SqlOperation sql
            ?
            [
                .. SqliteStatements
                    .Split(sql.Sql)
                    .Select(text => sql with { Sql = text.Sql, Line = sql.Line + text.Line - 1 }),
            ]
            : [operation];

    public void ExecuteAlone(MigrationOperation statement)
    {
        if (statement is not SqlOperation sql || !SqliteStatement.RefusesTransaction(sql.Sql))
        {
            Execute(statement);
            return;
        }

        CommitTransaction();
        try
        {
            _ = _lock.WhenFree(() => ExecuteUnlessBusy(sql));
        }
        finally
        {
            // Whoever takes the failure for none goes on in a transaction.
            _transaction = BeginTransaction();
            _data.TransactionBegan();
        }
    }

    public void CommitAndContinue()
    {
        CommitTransaction();
        _transaction = BeginTransaction();
        _data.TransactionBegan();
    }

    public void AddApplied(MigrationId id, string description) =>
        Write(() => VersionInfoTable.Insert(Connection, id.Version, description));

    public void RemoveApplied(long version) =>
        Write(() => VersionInfoTable.Delete(Connection, version));

    public void AppendJournal(JournalEntry entry, JournalSql sql) =>
        Write(() => VersionJournalTable.Append(Connection, entry, sql));

    public void BeginStep(StepScope scope, MigrationScript script) =>
        Read(() =>
        {
            _data.BeginStep(scope, script);
            return true;
        });

    public StepData EndStep()
    {
        _restrictions.EndStep();
        return Read(_data.EndStep);
    }

    public IReadOnlyList<ArchiveEntry> ParkWaitingRows() => Read(_data.Park);

    public IReadOnlyList<DataLoss> CheckData() => Read(_data.Check);

    public IReadOnlyList<LooseKey> ReadLooseKeys() => Read(_data.ReadLooseKeys);

    public void Purge(IEnumerable<ArchiveEntry> entries) =>
        Read(() =>
        {
            // What is removed for good is also overwritten in the file.
            Connection.Execute("PRAGMA secure_delete=ON");
            VersionArchiveTable.Remove(Connection, entries);
            return true;
        });

    public string? Commit()
    {
        _interrupt.Dispose();
        CommitTransaction();
        if (_newFile is null)
        {
            SqliteRollbackJournal.FlushDeletion(Connection.DataSource);
            return SqliteWriteAheadLog.Checkpoint(Connection, Name);
        }

        Connection.Dispose();
        Publish(_newFile);
        return null;
    }

    public bool CollidesWithExisting(StatementException failure)
    {
        if (!SqliteFailedStatement.MakesWhatIsThere(failure))
        {
            return false;
        }

        // After the rollback only what was there before the run is left.
        _transaction.Dispose();
        return SqliteFailedStatement.IsThere(Connection, failure);
    }

    public bool MissesObject(StatementException failure) =>
        SqliteFailedStatement.MissesObject(failure);

    protected override void Dispose(bool disposing)
    {
        _interrupt.Dispose();
        _transaction.Dispose();
        base.Dispose(disposing);
        _newFile?.Dispose();
    }

    private void RequireOwnTables() =>
        Read(() =>
        {
            OwnTables.RequireWritable(Connection);
            return true;
        });

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
    private int ExecuteUnlessBusy(SqlOperation sql)
    {
        try
        {
            return Execute(sql);
        }
        catch (StatementException e)
            when (e.InnerException is SqliteException cause
                && SqliteErrors.IsBusy(cause.SqliteErrorCode)
            )
        {
            throw cause;
        }
    }

    private void Publish(NewDatabaseFile newFile)
    {
        try
        {
            newFile.Publish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"{Name} was migrated under a temporary name but could not be given its own: {e.Message}",
                e is ExchangedFileException
                    ? ExchangedFileException.NextStep
                    : "Check the folder's permissions and its file system, and run the command again.",
                e
            );
        }
    }

    private int Execute(SqlOperation sql) =>
        _restrictions.Execute(
            sql.Sql,
            sql.IsUnrestricted,
            () => _script.Execute(sql.Sql, sql.IsUnrestricted, _data)
        );

    private void Execute(CodeOperation code)
    {
        Read(() =>
        {
            _data.BeforeCode();
            return true;
        });
        try
        {
            code.Run(Connection, _transaction);
        }
        catch (Exception e)
        {
            _cancellation.ThrowIfCancellationRequested();
            throw new StatementException(e.Message, code.Description ?? "", 1, 1, e);
        }

        if (SqliteScript.HasLostTransaction(Connection.Handle!))
        {
            throw new StatementException(
                "the code ended the transaction of the run, and what came before it may be committed",
                "",
                1,
                1
            );
        }
    }

    private void Write(Action write) =>
        Read(() =>
        {
            if (!_hasHistoryTables)
            {
                Connection.Execute(VersionInfoTable.Create);
                VersionJournalTable.Ensure(Connection);
                _hasHistoryTables = true;
            }

            write();
            return true;
        });
}
