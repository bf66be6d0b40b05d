namespace Nitejar.Migrations.Engine.Backups;

/// <summary>Copies of a database in files, for a kind that can be copied while others use it.</summary>
public interface ICopies
{
    /// <summary>Makes one verified copy in a folder, under a name of its own.</summary>
    /// <exception cref="DatabaseUnavailableException">It could not be made; nothing of it is left.</exception>
    /// <exception cref="LockTimeoutException">Another process kept readers out for too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of it is left.</exception>
    BackupResult BackUp(BackupSettings settings, CopyControl control);

    /// <summary>Makes one verified copy under this name.</summary>
    /// <inheritdoc cref="BackUp" path="/exception"/>
    /// <exception cref="RefusedException">The name is taken.</exception>
    /// <exception cref="InvalidRequestException">The name makes no sense.</exception>
    BackupResult BackUpTo(string path, CopyControl control);

    /// <summary>Removes the oldest backups of those that are too many, and never this one.</summary>
    /// <returns>Sentences about those that could not be removed.</returns>
    IReadOnlyList<string> Prune(BackupSettings settings, BackupResult newest);

    /// <summary>Checks a file that is to be restored here; nothing is changed yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="control">How to wait, and when to end.</param>
    /// <exception cref="InvalidRequestException">It is the database itself.</exception>
    /// <exception cref="DatabaseUnavailableException">It is missing, damaged or not a database, or this connection may not write.</exception>
    /// <exception cref="LockTimeoutException">A writer kept readers out for too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IRestore OpenRestore(string path, CopyControl control);
}

/// <summary>A checked file that is about to replace a database.</summary>
public interface IRestore : IDisposable
{
    /// <summary>Whether something is there that would be replaced.</summary>
    bool ReplacesSomething { get; }

    /// <summary>Reads what would be replaced, and by what. Nothing is changed.</summary>
    /// <exception cref="LockTimeoutException">A writer kept readers out for too long.</exception>
    RestorePreview Preview();

    /// <summary>Restores.</summary>
    /// <param name="backup">Where what was there is kept; <see langword="null"/> for nowhere. What is damaged is kept in any case.</param>
    /// <param name="record">What the history of the restored database gets.</param>
    /// <exception cref="LockTimeoutException">Another process uses the database.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be written, or no backup could be made; it is as before.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it is as before.</exception>
    RestoreResult Run(BackupSettings? backup, RestoreRecord record);
}
