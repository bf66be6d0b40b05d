using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Trust;

/// <summary>Migrates a scratch database by the runner that migrates any other, to see what migrations make.</summary>
/// <param name="like">The database whose kind and settings the scratch database has. It need not exist, and is not changed.</param>
/// <param name="catalog">The migrations.</param>
/// <param name="origin">Who runs them.</param>
public sealed class Replay(IDatabase like, MigrationCatalog catalog, Func<RunOrigin> origin)
    : IDisposable
{
    private readonly IScratchDatabase _scratch = like.CreateScratch();

    /// <summary>The scratch database. It exists once something is applied.</summary>
    public IDatabase Database => _scratch.Database;

    /// <summary>Which names are the same to this kind of database.</summary>
    public IEqualityComparer<string> Names => _scratch.Names;

    /// <summary>Runs a request. Whatever it removes is meant.</summary>
    /// <returns>Always a result; what went wrong is in <see cref="RunResult.Failure"/>.</returns>
    public RunResult Run(MigrationRequest request, CancellationToken cancellation) =>
        new MigrationRunner(Database, catalog, origin).Run(
            request,
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest),
            NoObserver.Instance,
            cancellation
        );

    /// <summary>What the scratch database looks like now.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be read.</exception>
    public DatabaseSchema ReadSchema()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return reader?.ReadSchema() ?? DatabaseSchema.Empty;
    }

    /// <inheritdoc cref="IScratchDatabase.Fill"/>
    /// <param name="path">The database or the file of SQL.</param>
    /// <param name="cancellation">Ends it.</param>
    internal void Fill(string path, CancellationToken cancellation) =>
        _scratch.Fill(path, cancellation);

    /// <summary>Keeps its state as it is now, to be read later.</summary>
    internal IScratchState Keep() => _scratch.Keep();

    /// <summary>Opens it to write rows. Something must have been applied before.</summary>
    internal IScratchWriter OpenWriter() => _scratch.OpenWriter();

    /// <summary>Tells from the SQL of an Up which rows it may change or delete.</summary>
    internal RowEffects EffectsOf(string sql, DatabaseSchema before) =>
        _scratch.EffectsOf(sql, before);

    /// <inheritdoc />
    public void Dispose() => _scratch.Dispose();

    private sealed class NoObserver : IRunObserver
    {
        public static NoObserver Instance { get; } = new();

        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
