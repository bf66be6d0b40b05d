using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Databases.Waits;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A database that may not be there yet: waits until it answers, for what time may heal.</summary>
/// <param name="database">The database.</param>
/// <param name="wait">For how long.</param>
/// <param name="onWait">Called once a wait when it begins, with the UTC time at which it ends.</param>
public sealed class PatientDatabase(IDatabase database, TimeSpan wait, Action<DateTime> onWait)
    : IDatabase
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _wait = wait;
    private readonly Action<DateTime> _onWait = onWait;

    /// <inheritdoc />
    public IDatabaseDriver Driver => database.Driver;

    /// <inheritdoc />
    public string Name => database.Name;

    /// <inheritdoc />
    public string? File => database.File;

    /// <inheritdoc />
    public string? Warning => database.Warning;

    /// <inheritdoc />
    public VersionTable VersionTable => database.VersionTable;

    /// <inheritdoc />
    public bool IsSame(IDatabase other) => database.IsSame(other);

    /// <inheritdoc />
    public ICopies? Copies => database.Copies;

    /// <inheritdoc />
    public void RequireReachable() => database.RequireReachable();

    /// <inheritdoc />
    public ISchemas? Schemas =>
        database.Schemas is { } schemas ? new PatientSchemas(this, schemas) : null;

    string? IDatabase.Schema => database.Schema;

    MigrationConnection IDatabase.Connection => database.Connection;

    /// <inheritdoc />
    IReadSession? IDatabase.OpenToRead(
        TransactionSettings settings,
        CancellationToken cancellation
    ) => WhenReachable(() => Probe(database.OpenToRead(settings, cancellation)), cancellation);

    /// <inheritdoc />
    IScratchDatabase IDatabase.CreateScratch() => database.CreateScratch();

    /// <inheritdoc />
    IMigrationSession IDatabase.Begin(
        TransactionSettings settings,
        CancellationToken cancellation
    ) => WhenReachable(() => database.Begin(settings, cancellation), cancellation);

    /// <inheritdoc />
    IMigrationSession? IDatabase.BeginOver(
        IReadSession reader,
        TransactionSettings settings,
        CancellationToken cancellation
    ) => database.BeginOver(reader, settings, cancellation);

    /// <summary>Reads a little: a file can be opened on a disk that does not answer.</summary>
    private static IReadSession? Probe(IReadSession? session)
    {
        try
        {
            _ = session?.Translate(() => VersionInfoTable.Read(session));
            return session;
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private sealed class PatientSchemas(PatientDatabase patient, ISchemas schemas) : ISchemas
    {
        public string? Named => schemas.Named;

        public IReadOnlyList<string> ReadNames(
            TransactionSettings settings,
            CancellationToken cancellation
        ) => patient.WhenReachable(() => schemas.ReadNames(settings, cancellation), cancellation);

        public IDatabase Choose(string schema) =>
            new PatientDatabase(schemas.Choose(schema), patient._wait, patient._onWait);
    }

    private T WhenReachable<T>(Func<T> open, CancellationToken cancellation)
    {
        T? opened = default;
        Waiting.Until(
            new WaitPolicy(_wait, Poll, (until, _) => _onWait(until)),
            () =>
            {
                try
                {
                    database.RequireReachable();
                    opened = open();
                    return null;
                }
                catch (DatabaseUnavailableException e) when (e.MayPass)
                {
                    return new WaitReason(static () => null, () => e.AfterWaiting(_wait));
                }
            },
            cancellation
        );
        return opened!;
    }
}
