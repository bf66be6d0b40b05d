namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>A session that reads. It changes nothing.</summary>
internal interface IReadSession : ISession, IDisposable
{
    /// <summary>Answers what migrations ask while they are evaluated.</summary>
    ISchemaQueries Queries { get; }

    /// <summary>Why no run can change the database as it is reached; <see langword="null"/> where nothing speaks against it.</summary>
    DatabaseUnavailableException? WhyReadOnly => null;

    /// <summary>Why no scratch database can be made beside this one; <see langword="null"/> where nothing speaks against it.</summary>
    DatabaseUnavailableException? WhyNoScratch => null;

    /// <summary>What has to be known of what is read here, as a sentence without its dot; <see langword="null"/> for nothing.</summary>
    string? ReadRemark() => null;

    /// <summary>Does something with the session, waits where that was asked for, and translates the errors of the driver.</summary>
    /// <exception cref="LockTimeoutException">The database was busy.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="DatabaseUnavailableException">Any other error of the driver, or it took too long.</exception>
    /// <remarks>Not generic: in a native program each kind of result of such a method costs more than the read itself.</remarks>
    void Run(Action use);

    /// <summary>SHA-256, lower-case hexadecimal, of how the tables are defined that texts of SQL name, with their indexes, triggers and views; empty where there are none.</summary>
    string DigestSchema(IReadOnlyList<string> sql);

    /// <summary>
    /// The statements that make the schema in an empty database of this kind, each with its semicolon, in an order in
    /// which they can be executed.
    /// </summary>
    IReadOnlyList<string> ReadSchemaScript();

    /// <summary>
    /// Whether the definitions of tables with their indexes and triggers, and of views, are all that makes them. Where they are
    /// not, as where a trigger calls a function, only the script of the whole schema is.
    /// </summary>
    bool HasWholeDefinitions => true;
}
