namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>
/// Another session held a table for too long. What the transaction did so far is undone, so that its own locks keep no one
/// waiting; the run begins again later.
/// </summary>
/// <param name="holder">Who held it, as part of a sentence; <see langword="null"/> where that is not known.</param>
/// <param name="cause">The driver's error.</param>
internal sealed class BusyTableException(string? holder, Exception cause)
    : Exception("A table was locked by another session.", cause)
{
    /// <summary>Who held it, as part of a sentence; <see langword="null"/> where that is not known.</summary>
    public string? Holder { get; } = holder;

    /// <summary>For the time that has run out.</summary>
    /// <param name="database">What people call the database.</param>
    public LockTimeoutException ToLockTimeout(string database) =>
        new(
            $"A table of {database} was in use by {Holder ?? "another session"} for longer than allowed.",
            "Wait for that session to end, or allow more time with --lock-timeout.",
            this
        );
}
