using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Running.Transactions;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Which archived rows are meant.</summary>
/// <param name="Version">Those of this migration; <see langword="null"/> for any.</param>
/// <param name="OlderThan">Those archived at least so long ago, by this machine's clock; <see langword="null"/> for any.</param>
public sealed record ArchiveSelection(long? Version = null, TimeSpan? OlderThan = null)
{
    /// <summary>Whether the entry is meant.</summary>
    public bool Covers(ArchiveEntry entry) =>
        (Version is null || entry.Migration.Version == Version)
        && (OlderThan is null || entry.ArchivedAt <= DateTime.UtcNow - OlderThan);
}

/// <summary>Finds archived rows and removes them for good.</summary>
public sealed class ArchivePurge(IDatabase database, TransactionSettings waits)
{
    /// <summary>What the archive has of a selection; empty without a database.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read.</exception>
    public IReadOnlyList<ArchiveEntry> Find(ArchiveSelection selection)
    {
        using var reader = database.OpenReader(waits, CancellationToken.None);
        return reader is null ? [] : Find(reader, selection);
    }

    /// <summary>What the archive has of a selection that is to be removed.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read, or does not exist.</exception>
    public IReadOnlyList<ArchiveEntry> FindToRemove(ArchiveSelection selection)
    {
        using var reader = database.OpenReader(waits, CancellationToken.None);
        return reader is null
            ? throw DatabaseUnavailableException.Absent(database.Name, "purged")
            : Find(reader, selection);
    }

    /// <summary>Removes entries, those of them that are still there.</summary>
    /// <exception cref="LockTimeoutException">Another process held the lock for too long.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was removed.</exception>
    public void Remove(
        IReadOnlyList<ArchiveEntry> entries,
        ICommitGate gate,
        CancellationToken cancellation
    )
    {
        using var transaction = MigrationTransaction.Begin(
            database,
            waits with
            {
                // Nothing has to begin again here: a table of the archive is waited for as long as the lock.
                DdlLockTimeout = waits.LockTimeout,
            },
            cancellation
        );
        try
        {
            transaction.Purge(entries);
            cancellation.ThrowIfCancellationRequested();
            gate.Committing();
            _ = transaction.Commit();
        }
        catch (BusyTableException busy)
        {
            throw busy.ToLockTimeout(database.Name);
        }
    }

    private static ArchiveEntry[] Find(DatabaseReader reader, ArchiveSelection selection) =>
        [.. reader.ReadArchives().Where(selection.Covers)];
}
