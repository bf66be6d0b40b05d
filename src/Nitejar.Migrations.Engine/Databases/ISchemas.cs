namespace Nitejar.Migrations.Engine.Databases;

/// <summary>The schemas of a database, each with a history and a lock of its own.</summary>
public interface ISchemas
{
    /// <summary>The schema that the connection names; <see langword="null"/> where it names none.</summary>
    string? Named { get; }

    /// <summary>Reads the names of all schemas but the system's own, in ordinal order.</summary>
    /// <param name="settings">How long to wait, and how long a read may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IReadOnlyList<string> ReadNames(TransactionSettings settings, CancellationToken cancellation);

    /// <summary>Returns the database as far as it is in one schema. Nothing is opened.</summary>
    IDatabase Choose(string schema);
}
