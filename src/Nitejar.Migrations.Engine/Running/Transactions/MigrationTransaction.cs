using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.History.Journal;
using Nitejar.Migrations.Engine.Preparing.Locking;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running.Transactions;

/// <summary>One locked transaction in which a whole run happens. Disposing it without a commit undoes everything.</summary>
internal sealed class MigrationTransaction : DatabaseReader
{
    private readonly IMigrationSession _session;
    private readonly RowWatch _rows;
    private bool _hasHistoryTables;
    private JournalEntry? _lastEntry;

    private MigrationTransaction(IMigrationSession session)
        : base(session)
    {
        _session = session;
        _rows = new RowWatch(session, session.CreateChecks());
    }

    /// <inheritdoc cref="IMigrationSession.IsNew"/>
    public bool IsNew => _session.IsNew;

    /// <inheritdoc cref="IMigrationSession.HoldsLockBetweenTransactions"/>
    public bool HoldsLockBetweenTransactions => _session.HoldsLockBetweenTransactions;

    /// <summary>Takes the lock under which migrations run and begins a transaction, creating the database if need be.</summary>
    /// <param name="database">The database.</param>
    /// <param name="settings">How long to wait for what.</param>
    /// <param name="cancellation">Ends the wait, and later the statement that is being executed.</param>
    /// <param name="reader">What has read it before, and ends with that; <see langword="null"/> for nothing.</param>
    /// <exception cref="LockTimeoutException">Another process held the lock for too long.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be written.</exception>
    /// <exception cref="RefusedException">A table of the migrator is not as it makes it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public static MigrationTransaction Begin(
        IDatabase database,
        TransactionSettings settings,
        CancellationToken cancellation,
        DatabaseReader? reader = null
    )
    {
        var session =
            reader?.BeginRun(database, settings, cancellation)
            ?? database.Begin(settings, cancellation);
        try
        {
            if (!session.IsNew)
            {
                session.Run(session.Own.RequireWritable);
            }

            return new MigrationTransaction(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="LockFootprint.Take"/>
    public void TakeLocks(IEnumerable<Statement> statements) =>
        _session.Run(() => LockFootprint.Take(_session, LockFootprint.Of(_session, statements)));

    /// <summary>What follows belongs to this step, and is these statements or what is left of them.</summary>
    public void BeginStep(StepScope scope, StepStatements statements) =>
        _session.Run(() =>
        {
            _session.Own.BeforeChange();
            _rows.BeginStep(scope, statements);
            _session.BeginStep(statements);
        });

    /// <summary>The step's operations are done: settles what it archived, or restores what its Down once archived.</summary>
    public StepData EndStep() =>
        _session.Translate(() =>
        {
            _session.EndStep();
            return _rows.EndStep();
        });

    /// <inheritdoc cref="IMigrationSession.Execute"/>
    public void Execute(IStepOperation operation) => _session.Execute(operation, _rows);

    /// <inheritdoc cref="IMigrationSession.ExecuteAlone"/>
    public void ExecuteAlone(IStepOperation operation) => _session.ExecuteAlone(operation, _rows);

    /// <inheritdoc cref="IMigrationSession.FindOutcome"/>
    public StatementOutcome FindOutcome(Statement statement) =>
        _session.Translate(() => _session.FindOutcome(statement));

    /// <inheritdoc cref="IMigrationSession.CommitAndContinue"/>
    public void CommitAndContinue() => _session.CommitAndContinue();

    /// <summary>Adds a version to what is applied.</summary>
    public void AddApplied(MigrationId id, string description) =>
        Write(() => VersionInfoTable.Insert(_session, id.Version, description));

    /// <summary>Removes a version from what is applied.</summary>
    public void RemoveApplied(long version) =>
        Write(() => VersionInfoTable.Delete(_session, version));

    /// <summary>Appends to the journal.</summary>
    public void AppendJournal(JournalEntry entry, JournalSql sql) =>
        Write(() =>
        {
            VersionJournalTable.Append(_session, entry, sql);
            _lastEntry = entry;
        });

    /// <summary>Begins to watch how objects are defined; <see langword="null"/> where this kind of database cannot tell.</summary>
    public DefinitionWatch? WatchDefinitions()
    {
        var names = _session.Dialect.Names;
        if (IsNew)
        {
            return new DefinitionWatch([], new RecordedDefinitions(names), names);
        }

        return ReadDefinitions() is { } before
            ? new DefinitionWatch(before, ReadRecordedDefinitions(), names)
            : null;
    }

    /// <summary>
    /// Moves archived rows that came back, and refer to rows which a later run will bring back, into the archive again.
    /// </summary>
    /// <returns>Those that wait there or, where nothing is to come any more, are left over.</returns>
    public IReadOnlyList<ArchiveEntry> ParkWaitingRows() => _session.Translate(_rows.Park);

    /// <summary>Compares the data with what it was: references, and rows that no statement names.</summary>
    /// <returns>Rows that the run removes from tables and columns that it does name, and what the archive has of them.</returns>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or unnamed rows are gone.</exception>
    public IReadOnlyList<DataLoss> CheckData() => _session.Translate(_rows.Check);

    /// <summary>Finds foreign keys that lead nowhere since the run, whether or not a row uses them. Makes sense at the end of a step: a parent may be made after its child.</summary>
    public IReadOnlyList<LooseKey> ReadLooseKeys() => _session.Translate(_rows.ReadLooseKeys);

    /// <summary>Removes rows from the archive for good.</summary>
    /// <exception cref="LockTimeoutException">The database was busy.</exception>
    public void Purge(IEnumerable<ArchiveEntry> entries) =>
        _session.Run(() =>
        {
            _session.Own.BeforeChange();
            _session.Rows.OverwriteDeleted();
            VersionArchiveTable.Remove(_session, entries);
        });

    /// <summary>Makes it last.</summary>
    /// <exception cref="LockTimeoutException">A reader was in the way for too long.</exception>
    /// <exception cref="DatabaseCreatedElsewhereException">Another process created the same new database first.</exception>
    /// <exception cref="DatabaseUnavailableException">The database has not said whether it is committed.</exception>
    /// <returns>A sentence about something that is not as it could be although all is committed; or <see langword="null"/>.</returns>
    public string? Commit()
    {
        var result = _session.Commit(
            _lastEntry is { } entry ? session => VersionJournalTable.Has(session, entry) : null
        );
        return result.Outcome switch
        {
            CommitOutcome.Committed => result.Warning,
            CommitOutcome.NotCommitted => throw result.Failure!,
            CommitOutcome.Unknown => throw new DatabaseUnavailableException(
                "The connection was lost while the run was committed, and it is not known whether it was.",
                "Look with `status` before anything else.",
                result.Failure
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }

    /// <summary>Whether a statement that failed collides with an object that was there before the run, or refers to a table that was not. What the run did is undone for that.</summary>
    public bool IsObstructed(StatementException failure)
    {
        if (!FailedStatement.MayBeObstructed(failure))
        {
            return false;
        }

        _session.Rollback();
        return _session.Translate(() => FailedStatement.IsObstructed(_session, failure));
    }

    private void Write(Action write) =>
        _session.Run(() =>
        {
            if (!_hasHistoryTables)
            {
                _session.Own.BeforeChange();
                _session.Execute(VersionInfoTable.Create(_session.Dialect));
                VersionInfoTable.Complete(_session);
                VersionJournalTable.Ensure(_session);
                _hasHistoryTables = true;
            }

            write();
        });
}
