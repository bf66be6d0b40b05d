using Nitejar.Migrations.Engine.Databases.Waits;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running.Locks;

/// <summary>What keeps other runs of one schema out.</summary>
/// <param name="connection">The session that executes the statements.</param>
/// <param name="settings">How long to wait.</param>
/// <param name="cancellation">Ends the wait.</param>
internal abstract class PostgresLock(
    PostgresConnection connection,
    TransactionSettings settings,
    CancellationToken cancellation
) : IDisposable
{
    /// <summary>A blocked wait would end in a deadlock with CREATE INDEX CONCURRENTLY, which waits for all transactions.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends the run: it is cancelled, or the lock is lost.</summary>
    public virtual CancellationToken End => cancellation;

    /// <summary>Why the lock is lost; <see langword="null"/> where it is not.</summary>
    public virtual DatabaseUnavailableException? Lost => null;

    protected PostgresConnection Opened => connection;

    protected NpgsqlConnection Connection => connection.Connection;

    /// <summary>The one that the engine of the server has.</summary>
    /// <inheritdoc cref="PostgresLock(PostgresConnection, TransactionSettings, CancellationToken)" path="/param"/>
    public static PostgresLock For(
        PostgresConnection connection,
        TransactionSettings settings,
        CancellationToken cancellation
    ) =>
        connection.Profile.HasAdvisoryLocks
            ? new PostgresAdvisoryLock(connection, settings, cancellation)
            : new PostgresLease(connection, settings, cancellation);

    /// <summary>Tries until it is free, the time is up, or the run is cancelled.</summary>
    /// <returns>The first transaction under it.</returns>
    /// <exception cref="LockTimeoutException">The time is up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public NpgsqlTransaction Begin()
    {
        var isHeld = new WaitReason(
            FindHolder,
            () => PostgresErrors.Locked(connection.Target.Name, FindHolder(), cause: null)
        );
        NpgsqlTransaction? transaction = null;
        Waiting.Until(
            new WaitPolicy(settings.LockTimeout, Poll, settings.OnLockWait),
            () => (transaction = TryBegin()) is null ? isHeld : null,
            cancellation
        );
        return transaction!;
    }

    /// <summary>At the beginning of each later transaction: it is still this run's, and stays so until the transaction ends.</summary>
    /// <exception cref="DatabaseUnavailableException">It is another run's.</exception>
    public virtual void Require() { }

    /// <summary>Before a transaction is committed.</summary>
    /// <param name="isLast">Whether the run ends with it.</param>
    /// <exception cref="DatabaseUnavailableException">The lock is lost.</exception>
    public virtual void BeforeCommit(bool isLast) { }

    /// <summary>Lets the next run have it at once where this one is committed or rolled back.</summary>
    public abstract void Release();

    /// <summary>Releases it.</summary>
    public void Dispose() => Release();

    protected abstract NpgsqlTransaction? TryBegin();

    /// <summary>Who holds it, as far as this role may know; <see langword="null"/> where it is free again.</summary>
    protected abstract string? FindHolder();
}
