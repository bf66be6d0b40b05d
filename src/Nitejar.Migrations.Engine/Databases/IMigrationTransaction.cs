using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>One locked transaction in which a whole run happens. Disposing it without a commit undoes everything.</summary>
internal interface IMigrationTransaction : IDatabaseReader
{
    /// <summary>Whether the database is being created: it appears with <see cref="Commit"/>, and before that nothing of it lasts.</summary>
    bool IsNew { get; }

    /// <summary>What follows belongs to this step, and is this script or what is left of it.</summary>
    void BeginStep(StepScope scope, MigrationScript script);

    /// <summary>The step's operations are done: settles what it archived, or puts back what its Down once archived.</summary>
    StepData EndStep();

    /// <summary>Executes one operation, statement by statement, each to its end.</summary>
    /// <returns>How many statements were executed; code counts as one.</returns>
    /// <exception cref="StatementException">A statement failed; the transaction must be disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    int Execute(MigrationOperation operation);

    /// <summary>An operation's statements, each as an operation of its own; code stays as it is.</summary>
    IReadOnlyList<MigrationOperation> Split(MigrationOperation operation);

    /// <summary>Executes one statement of a migration without a transaction: outside of any where the database wants that, else inside this one.</summary>
    /// <exception cref="StatementException">It failed; the transaction must be disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void ExecuteAlone(MigrationOperation statement);

    /// <summary>Makes what was done so far last, and begins the next transaction.</summary>
    /// <exception cref="LockTimeoutException">Somebody was in the way for too long.</exception>
    void CommitAndContinue();

    /// <summary>Adds a version to what is applied.</summary>
    void AddApplied(MigrationId id, string description);

    /// <summary>Removes a version from what is applied.</summary>
    void RemoveApplied(long version);

    /// <summary>Appends to the journal.</summary>
    void AppendJournal(JournalEntry entry, JournalSql sql);

    /// <summary>
    /// Moves archived rows that came back, and refer to rows which a later run will bring back, into the archive again.
    /// </summary>
    /// <returns>Those that wait there or, where nothing is to come any more, are left over.</returns>
    IReadOnlyList<ArchiveEntry> ParkWaitingRows();

    /// <summary>Compares the data with what it was: references, and rows that nobody asked to touch.</summary>
    /// <returns>Rows that the run takes away from tables and columns that it does name, and what the archive has of them.</returns>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or unnamed rows are gone.</exception>
    IReadOnlyList<DataLoss> CheckData();

    /// <summary>Finds foreign keys that lead nowhere since the run, whether or not a row uses them. Makes sense at the end of a step: a parent may be made after its child.</summary>
    IReadOnlyList<LooseKey> ReadLooseKeys();

    /// <summary>Removes rows from the archive for good.</summary>
    /// <exception cref="LockTimeoutException">The database was busy.</exception>
    void Purge(IEnumerable<ArchiveEntry> entries);

    /// <summary>Makes it last.</summary>
    /// <exception cref="LockTimeoutException">A reader was in the way for too long.</exception>
    /// <exception cref="DatabaseCreatedElsewhereException">Somebody created the same new database meanwhile.</exception>
    /// <returns>A sentence about something that is not as it could be although all is committed; or <see langword="null"/>.</returns>
    string? Commit();

    /// <summary>After a failure and its rollback: whether the statement collides with an object that was there before the run.</summary>
    bool CollidesWithExisting(StatementException failure);

    /// <summary>Whether the statement failed because something that it names is not there.</summary>
    bool MissesObject(StatementException failure);
}
