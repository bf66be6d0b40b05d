using System.Diagnostics;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Running.Transactions;
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
    /// <summary>How often a database may turn out to be new and then not to be; more means that the file system lies.</summary>
    private const int CreationAttempts = 3;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly MigrationCompiler _compiler = MigrationCompiler.For(database);
    private readonly AdoptionSurvey _survey = new(database, catalog);

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
        var backup = new RunBackup(database, run, cancellation);
        try
        {
            if (!IsNothingToDo(request, run, cancellation))
            {
                for (MigrationRequest? rest = request; rest is not null; )
                {
                    rest = RunUnit(rest, run, backup, cancellation);
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
    private bool IsNothingToDo(
        MigrationRequest request,
        RunContext run,
        CancellationToken cancellation
    )
    {
        using var reader = database.OpenReader(run.Waits, cancellation);
        HistoryReader.RequireExists(database, request, reader);
        if (reader?.WhyReadOnly is { } readOnly)
        {
            throw readOnly;
        }

        var history = HistoryReader.ReadFor(request, reader);
        if (RunningElsewhere.IsAlive(history.Interrupted))
        {
            return false;
        }

        return Plan(request, (history, reader), run, RowInspection.Skipped).IsEmpty;
    }

    /// <summary>Runs what is committed together.</summary>
    /// <returns>What is left to do; <see langword="null"/> for nothing.</returns>
    private MigrationRequest? RunUnit(
        MigrationRequest request,
        RunContext run,
        RunBackup backup,
        CancellationToken cancellation
    )
    {
        var patience = new RunPatience(database.Name, run, cancellation);
        for (var attempt = 1; ; )
        {
            try
            {
                var end = RunOnce(request, run, backup, cancellation);
                if (!end.IsToBeginAgain)
                {
                    return end.Rest;
                }
            }
            catch (DatabaseCreatedElsewhereException) when (attempt++ < CreationAttempts)
            {
                // It exists now: look again, at that one.
            }
            catch (BusyTableException busy)
            {
                patience.Wait(busy);
            }
        }
    }

    private UnitEnd RunOnce(
        MigrationRequest request,
        RunContext run,
        RunBackup backup,
        CancellationToken cancellation
    )
    {
        using var transaction = Begin(run, out var history, cancellation);
        var plan = Plan(request, (history, transaction), run, RowInspection.Included);
        if (plan.IsEmpty)
        {
            return new UnitEnd(Rest: null);
        }

        var prepared = Preparation.Of(plan, transaction, _compiler);
        var planRun = new PlanRun(_compiler, transaction, run, cancellation)
        {
            UnaskedCommand = UnaskedCommand.For(request, plan, history),
        };
        planRun.Check(prepared, catalog, history);
        run.Consent.RequirePrepared(
            prepared,
            run.Progress.CommittedSteps,
            () => PlanBasis.Of(prepared, database.Driver.Provider, (history, transaction))
        );
        if (backup.AwaitsConsent(request, prepared, transaction))
        {
            Try(planRun, prepared, request, run);
            backup.Tried();
            return UnitEnd.BeginAgain;
        }

        backup.TakeOnce(prepared, transaction);
        var executed = planRun.Execute(prepared);
        var warnings = RequireConsent(executed, request, run);
        cancellation.ThrowIfCancellationRequested();
        Commit(transaction, run);
        run.Progress.Committed(plan.StepsOfFirstUnit);
        run.Progress.Warn(warnings);
        if (plan.StepsOfFirstUnit == plan.Steps.Count)
        {
            return new UnitEnd(Rest: null);
        }

        run.Settings.Gate.PartCommitted();
        return new UnitEnd(request.After(plan.StepsOfFirstUnit));
    }

    private MigrationPlan Plan(
        MigrationRequest request,
        (MigrationHistory History, DatabaseReader? Reader) found,
        RunContext run,
        RowInspection rows
    )
    {
        var adoption = _survey.For(request, found.History, found.Reader, rows);
        var plan = Planner.Plan(catalog, found.History, request, adoption);
        run.Progress.Plan(plan);
        return plan;
    }

    /// <summary>Executes what is not allowed yet, to learn whether it has to be; its transaction undoes it.</summary>
    private static void Try(
        PlanRun planRun,
        PreparedPlan prepared,
        MigrationRequest request,
        RunContext run
    ) => _ = RequireConsent(planRun.Execute(prepared), request, run);

    /// <summary>Lets the run continue to its commit, or not.</summary>
    /// <returns>What to say about it once it is committed.</returns>
    private static IReadOnlyList<string> RequireConsent(
        ExecutedUnit executed,
        MigrationRequest request,
        RunContext run
    )
    {
        var warnings = LooseKeyConsent.Require(executed.LooseKeys, request, run);
        run.Consent.Require(executed.Proposal);
        if (executed.Proposal.Losses.Count > 0)
        {
            run.Observer.DataTaken(executed.Proposal.Losses);
        }

        return [.. warnings, .. executed.Warnings];
    }

    private static void Commit(MigrationTransaction transaction, RunContext run)
    {
        run.Settings.Gate.Committing();
        try
        {
            if (transaction.Commit() is { } warning)
            {
                run.Progress.Warn([warning]);
            }
        }
        catch
        {
            run.Settings.Gate.CommitFailed();
            throw;
        }
    }

    /// <summary>Takes the lock and reads the history, once no other run is between two statements of a migration.</summary>
    private MigrationTransaction Begin(
        RunContext run,
        out MigrationHistory history,
        CancellationToken cancellation
    )
    {
        var lockTimeout = run.Settings.LockTimeout;
        var isAnnounced = false;
        for (var waiting = Stopwatch.StartNew(); ; cancellation.ThrowIfCancellationRequested())
        {
            var transaction = MigrationTransaction.Begin(database, run.Waits, cancellation);
            try
            {
                history = HistoryReader.Read(transaction);
                if (
                    transaction.HoldsLockBetweenTransactions
                    || !RunningElsewhere.IsAlive(history.Interrupted)
                )
                {
                    return transaction;
                }
            }
            catch
            {
                transaction.Dispose();
                throw;
            }

            transaction.Dispose();
            RunningElsewhere.RequireTime(history.Interrupted!, lockTimeout, waiting);
            if (!isAnnounced)
            {
                isAnnounced = true;
                run.Observer.LockWait(
                    DateTime.UtcNow + lockTimeout - waiting.Elapsed,
                    RunningElsewhere.NameOf(history.Interrupted!)
                );
            }

            cancellation.WaitHandle.WaitOne(PollInterval);
        }
    }

    /// <summary>How an attempt to run what is committed together ended.</summary>
    /// <param name="Rest">What is left to do; <see langword="null"/> for nothing.</param>
    private sealed record UnitEnd(MigrationRequest? Rest)
    {
        /// <summary>Nothing was committed, and it is to be run again.</summary>
        public static UnitEnd BeginAgain { get; } = new(Rest: null) { IsToBeginAgain = true };

        public bool IsToBeginAgain { get; private init; }
    }
}
