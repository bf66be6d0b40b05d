using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// The one way in which a database is changed: catalog and history make a plan, the plan runs under the lock in one
/// transaction, and a result says what became of every step.
/// </summary>
public sealed class MigrationRunner(
    IDatabase database,
    MigrationCatalog catalog,
    Func<RunOrigin> origin
)
{
    /// <summary>How often a database may turn out to be new and then not to be; more means that the file system lies.</summary>
    private const int CreationAttempts = 3;

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
        var progress = new RunProgress();
        try
        {
            if (!IsNothingToDo(request, settings, progress))
            {
                RunLocked(request, settings, observer, progress, cancellation);
            }

            return progress.ToResult(failure: null);
        }
        catch (Exception failure)
        {
            return progress.ToResult(failure);
        }
    }

    /// <summary>Looks without a lock, so that a run with nothing to do never waits for one.</summary>
    private bool IsNothingToDo(MigrationRequest request, RunSettings settings, RunProgress progress)
    {
        using var reader = database.OpenReader(settings.LockTimeout);
        var plan = Planner.Plan(catalog, HistoryReader.ReadFor(request, reader), request);
        progress.Plan(plan);
        return plan.IsEmpty;
    }

    private void RunLocked(
        MigrationRequest request,
        RunSettings settings,
        IRunObserver observer,
        RunProgress progress,
        CancellationToken cancellation
    )
    {
        var waits = new TransactionSettings(
            settings.LockTimeout,
            settings.StatementTimeout,
            observer.LockWait
        );
        for (var attempt = 1; ; attempt++)
        {
            using var transaction = database.Begin(waits, cancellation);
            var history = HistoryReader.Read(transaction);
            var plan = Planner.Plan(catalog, history, request);
            progress.Plan(plan);
            if (plan.IsEmpty)
            {
                return;
            }

            var run = new PlanRun(database.Provider, transaction, origin(), observer, progress);
            run.Check(plan, catalog, history);
            var backup = new RunBackup(database, settings, observer, cancellation);
            progress.BackedUp(backup.Take(plan, transaction));
            run.Execute(plan);
            RequireConsent(request, settings, transaction.CheckData());
            cancellation.ThrowIfCancellationRequested();
            try
            {
                transaction.Commit();
                progress.Committed();
                return;
            }
            catch (DatabaseCreatedElsewhereException) when (attempt < CreationAttempts)
            {
                // It exists now: look again, at that one.
            }
        }
    }

    private static void RequireConsent(
        MigrationRequest request,
        RunSettings settings,
        IReadOnlyList<DataLoss> losses
    )
    {
        if (losses.Count > 0 && request is not UpRequest && !settings.AllowDataLoss)
        {
            throw new DataLossRefusedException(losses);
        }
    }
}
