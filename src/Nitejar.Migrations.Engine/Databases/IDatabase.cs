using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A database to migrate. The engine implements it for each kind; what a run does with one stays inside.</summary>
public interface IDatabase
{
    /// <summary>Its kind.</summary>
    IDatabaseDriver Driver { get; }

    /// <summary>What people call it: a path, or host and database. Holds no secret.</summary>
    string Name { get; }

    /// <summary>The absolute path of its file; <see langword="null"/> where a server has it.</summary>
    string? File { get; }

    /// <summary>A sentence about a risk of the connection; <see langword="null"/> for none.</summary>
    string? Warning { get; }

    /// <summary>The table of applied versions: the catalog's, if its migrations run here.</summary>
    VersionTable VersionTable { get; }

    /// <summary>Whether both mean the same database, as far as that can be told without opening it.</summary>
    bool IsSame(IDatabase other);

    /// <summary>Copies it into one file; <see langword="null"/> for a kind that has tools of its own for that.</summary>
    ICopies? Copies { get; }

    /// <summary>Opens nothing, and throws where there can be no database, not even a new one.</summary>
    /// <exception cref="DatabaseUnavailableException">Its folder is missing, or itself and it must not be created.</exception>
    void RequireReachable();

    /// <summary>Its schemas, each of which is migrated by itself; <see langword="null"/> for a kind without them.</summary>
    ISchemas? Schemas => null;

    /// <summary>How far the statement is that the run with the lock executes, as part of a sentence; <see langword="null"/> where the database does not tell. May be called from any thread while a run executes, and throws nothing.</summary>
    string? ReadProgress() => null;

    /// <summary>The schema that was chosen for the migrations; <see langword="null"/> for the usual one of the kind.</summary>
    internal string? Schema => null;

    /// <summary>By which migrations that ask for it reach the database themselves.</summary>
    internal MigrationConnection Connection { get; }

    /// <summary>Opens it to read, or returns <see langword="null"/> where there is none yet. Creates nothing.</summary>
    /// <param name="settings">How long each read waits for a writer that keeps readers out, and how long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DatabaseUnavailableException">It is there and cannot be read.</exception>
    internal IReadSession? OpenToRead(TransactionSettings settings, CancellationToken cancellation);

    /// <summary>Makes an empty database of the same kind and with the same settings, whether or not this one exists.</summary>
    /// <exception cref="DatabaseUnavailableException">This one is there and cannot be read.</exception>
    /// <exception cref="IOException">There is no place for temporary files.</exception>
    internal IScratchDatabase CreateScratch();

    /// <summary>Takes the lock under which migrations run and begins a transaction, creating the database if need be.</summary>
    /// <param name="settings">How long to wait for what.</param>
    /// <param name="cancellation">Ends the wait, and later the statement that is being executed.</param>
    /// <exception cref="LockTimeoutException">Another process held the lock for too long.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    internal IMigrationSession Begin(TransactionSettings settings, CancellationToken cancellation);

    /// <summary>The same over the connection of a session that has read, which ends; <see langword="null"/> where a run needs a connection of its own, and nothing has changed.</summary>
    /// <param name="reader">The session, which this database has opened.</param>
    /// <param name="settings">How long to wait for what.</param>
    /// <param name="cancellation">Ends the wait, and later the statement that is being executed.</param>
    /// <inheritdoc cref="Begin" path="/exception"/>
    internal IMigrationSession? BeginOver(
        IReadSession reader,
        TransactionSettings settings,
        CancellationToken cancellation
    ) => null;
}

/// <summary>How long to wait for what.</summary>
/// <param name="LockTimeout">For the lock; zero does not wait.</param>
/// <param name="StatementTimeout">For one statement of a run, or one read; <see langword="null"/> for ever.</param>
/// <param name="OnLockWait">Called once when the lock is not free, with the UTC time at which the wait ends and who holds it, where that is known.</param>
public sealed record TransactionSettings(
    TimeSpan LockTimeout,
    TimeSpan? StatementTimeout,
    Action<DateTime, string?> OnLockWait
)
{
    /// <summary>How long a statement waits for a table before the run begins again; <see langword="null"/> for the usual time of the kind of database.</summary>
    internal TimeSpan? DdlLockTimeout { get; init; }

    /// <summary>Says who holds the lock; only asked when it is held.</summary>
    internal Func<string?> FindLockHolder { get; init; } = static () => null;
}
