using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Waits;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>Waits for others to release a database. The driver's own wait polls every 150 ms, says nothing and cannot be cancelled.</summary>
internal sealed class SqliteLockWait(
    string name,
    TransactionSettings settings,
    CancellationToken cancellation
)
{
    private readonly WaitPolicy _policy = new(
        settings.LockTimeout,
        TimeSpan.FromMilliseconds(20),
        settings.OnLockWait
    );

    /// <summary>Tries until nobody else holds the database, the time is up, or the run is cancelled.</summary>
    /// <exception cref="LockTimeoutException">The time is up.</exception>
    /// <exception cref="DatabaseUnavailableException">Any other error of SQLite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public T WhenFree<T>(Func<T> attempt)
    {
        T? result = default;
        Waiting.Until(_policy, () => WhyNot(() => result = attempt()), cancellation);
        return result!;
    }

    private WaitReason? WhyNot(Action attempt)
    {
        try
        {
            attempt();
            return null;
        }
        catch (SqliteException e) when (SqliteErrors.IsBusy(e.SqliteErrorCode))
        {
            return new WaitReason(
                settings.FindLockHolder,
                () => SqliteErrors.Locked(name, settings.FindLockHolder(), e)
            );
        }
        catch (SqliteException e) when (SqliteErrors.IsInterrupt(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Unavailable(name, e);
        }
    }
}
