using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;

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

/// <summary>Removes archived rows for good.</summary>
public static class ArchivePurge
{
    /// <summary>What the archive has of a selection; empty without a database.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read.</exception>
    public static IReadOnlyList<ArchiveEntry> Find(
        IDatabase database,
        ArchiveSelection selection,
        TimeSpan lockTimeout
    )
    {
        using var reader = database.OpenReader(lockTimeout);
        return reader is null ? [] : [.. reader.ReadArchives().Where(selection.Covers)];
    }

    /// <summary>Removes entries, those of them that are still there.</summary>
    /// <exception cref="LockTimeoutException">Somebody else held the lock for too long.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was removed.</exception>
    public static void Run(
        IDatabase database,
        IReadOnlyList<ArchiveEntry> entries,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        using var transaction = database.Begin(settings, cancellation);
        transaction.Purge(entries);
        cancellation.ThrowIfCancellationRequested();
        transaction.Commit();
    }
}
