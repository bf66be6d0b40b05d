using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// The one way in which a database is changed: catalog and history make a plan, the plan runs under the lock in one
/// transaction, and a result says the outcome of every step. A migration without a transaction divides its run: what
/// comes before it is committed, it runs by itself, and the rest is planned again.
/// </summary>
public sealed class MigrationRunner(
    IDatabase database,
    MigrationCatalog catalog,
    Func<RunOrigin> origin
)
{
    private readonly IDatabase _database =
        database.VersionTable == catalog.VersionTable
            ? database
            : throw new ArgumentException(
                $"The migrations keep their history in {catalog.VersionTable.Name}, and the database is opened with {database.VersionTable.Name}; set its VersionTable to the catalog's.",
                nameof(database)
            );

    /// <summary>Plans and runs.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="settings">How the run behaves.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="cancellation">Rolls the run back.</param>
    /// <returns>Always a result; what went wrong is in <see cref="RunResult.Failure"/>.</returns>
    public RunResult Run(
        MigrationRequest request,
        RunSettings settings,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        var run = new RunContext(origin, settings, observer, new RunProgress())
        {
            // An `up` never asks: what it removes, its author wrote for everybody who deploys it.
            Consent =
                settings.Consent ?? (request is UpRequest ? Consent.ToRequest : Consent.NotGiven),
        };
        var backup = new RunBackup(_database, run, cancellation);
        try
        {
            using var reader = _database.OpenReader(run.Waits, cancellation);
            if (!IsNothingToDo(request, run, reader))
            {
                var unit = new UnitRun(_database, catalog, run, cancellation)
                {
                    Backup = backup,
                    Reader = reader,
                };
                for (MigrationRequest? rest = request; rest is not null; )
                {
                    rest = unit.Run(rest);
                }
            }

            backup.Prune();
            return run.Progress.ToResult(failure: null);
        }
        catch (Exception failure)
        {
            backup.DiscardUnlessNeeded();
            return run.Progress.ToResult(failure);
        }
    }

    /// <summary>Looks without a lock, so that a run with nothing to do never waits for one.</summary>
    private bool IsNothingToDo(MigrationRequest request, RunContext run, DatabaseReader? reader)
    {
        HistoryReader.RequireExists(_database, request, reader);
        if (reader?.WhyReadOnly is { } readOnly)
        {
            throw readOnly;
        }

        var history = HistoryReader.ReadFor(request, reader);
        if (RunningElsewhere.IsAlive(history.Interrupted))
        {
            return false;
        }

        var survey = new AdoptionSurvey(_database, catalog);
        var adoption = survey.For(request, history, reader, RowInspection.Skipped);
        var plan = Planner.Plan(catalog, history, request, adoption);
        run.Progress.Plan(plan);
        return plan.IsEmpty;
    }
}
