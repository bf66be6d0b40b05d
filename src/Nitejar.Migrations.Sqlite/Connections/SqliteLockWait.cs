using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>Waits for others to release a database. The driver's own wait polls every 150 ms, says nothing and cannot be cancelled.</summary>
internal sealed class SqliteLockWait(
    string name,
    TransactionSettings settings,
    CancellationToken cancellation
)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Tries until nobody else holds the database, the time is up, or the run is cancelled.</summary>
    /// <exception cref="LockTimeoutException">The time is up.</exception>
    /// <exception cref="DatabaseUnavailableException">Any other error of SQLite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public T WhenFree<T>(Func<T> attempt)
    {
        var waiting = Stopwatch.StartNew();
        var announced = false;
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (SqliteException e) when (SqliteErrors.IsBusy(e.SqliteErrorCode))
            {
                if (waiting.Elapsed >= settings.LockTimeout)
                {
                    throw SqliteErrors.Locked(name, settings.FindLockHolder(), e);
                }
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

            if (!announced)
            {
                announced = true;
                settings.OnLockWait(
                    DateTime.UtcNow + settings.LockTimeout - waiting.Elapsed,
                    settings.FindLockHolder()
                );
            }

            cancellation.WaitHandle.WaitOne(Poll);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
