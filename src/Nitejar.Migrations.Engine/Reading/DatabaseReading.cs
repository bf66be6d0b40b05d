using Nitejar.Migrations.Engine.Databases;

namespace Nitejar.Migrations.Engine.Reading;

/// <summary>Opens databases to read.</summary>
public static class DatabaseReading
{
    /// <summary>Opens it to read, or returns <see langword="null"/> where there is none yet. Creates nothing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="lockTimeout">How long each read waits for a writer that keeps readers out.</param>
    /// <exception cref="DatabaseUnavailableException">It is there and cannot be read.</exception>
    public static DatabaseReader? OpenReader(this IDatabase database, TimeSpan lockTimeout) =>
        database.OpenReader(
            new TransactionSettings(lockTimeout, StatementTimeout: null, static (_, _) => { }),
            CancellationToken.None
        );

    /// <summary>As <see cref="OpenReader(IDatabase, TimeSpan)"/>, saying when it waits and for whom.</summary>
    /// <param name="database">The database.</param>
    /// <param name="settings">How long each read waits, and how long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DatabaseUnavailableException">It is there and cannot be read.</exception>
    public static DatabaseReader? OpenReader(
        this IDatabase database,
        TransactionSettings settings,
        CancellationToken cancellation
    ) =>
        database.OpenToRead(settings, cancellation) is { } session
            ? new DatabaseReader(session)
            : null;
}
