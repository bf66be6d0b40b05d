using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Backups;

/// <summary>Where backups go, and how many stay.</summary>
/// <param name="Folder">Made where it is missing; <see langword="null"/> for the folder of the database.</param>
/// <param name="Keep">How many of this database stay, at least 1.</param>
public sealed record BackupSettings(string? Folder = null, int Keep = BackupSettings.DefaultKeep)
{
    /// <summary>Enough to go back past a bad week, few enough for a small disk.</summary>
    public const int DefaultKeep = 5;
}

/// <summary>A backup that is in place.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Duration">How long it took, with its verification.</param>
public sealed record BackupResult(string Path, long Bytes, TimeSpan Duration)
{
    /// <summary>What of it could not be checked, in a sentence; <see langword="null"/> where everything was.</summary>
    public string? Warning { get; init; }
}

/// <summary>How a copy waits, is followed and is ended.</summary>
/// <param name="LockTimeout">How long it waits for a lock; zero does not wait.</param>
/// <param name="OnLockWait">Called once when the lock is not free, with the UTC time at which the wait ends and who holds it, where that is known.</param>
/// <param name="OnProgress">Called now and then with the bytes that are copied and those that are to be.</param>
/// <param name="Cancellation">Ends it.</param>
public sealed record CopyControl(
    TimeSpan LockTimeout,
    Action<DateTime, string?> OnLockWait,
    Action<long, long> OnProgress,
    CancellationToken Cancellation
)
{
    /// <summary>Called before the content of a database is replaced. From here on nothing but a cancellation may end it.</summary>
    /// <remarks>May throw <see cref="OperationCanceledException"/>: it is not to be replaced.</remarks>
    public Action OnReplacing { get; init; } = static () => { };

    /// <summary>The table of applied versions in both databases.</summary>
    internal VersionTable VersionTable { get; init; } = VersionTable.Standard;
}
