using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Databases.Waits;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// Runs what is committed together: what is planned under the lock is prepared, allowed, executed and committed, or
/// nothing of it is.
/// </summary>
internal sealed class UnitRun(
    IDatabase database,
    MigrationCatalog catalog,
    RunContext run,
    CancellationToken cancellation
)
{
    /// <summary>How often a database may turn out to be new and then not to be; more means that the file system lies.</summary>
    private const int CreationAttempts = 3;

    /// <summary>Between two attempts it holds no lock of a table, so that others, who would queue behind a statement that waits, come through.</summary>
    private readonly WaitPolicy _forTables = new(
        run.Settings.LockTimeout,
        TimeSpan.FromSeconds(0.3),
        run.Observer.LockWait
    )
    {
        LongestPause = TimeSpan.FromSeconds(10),
        BeginsWithFailure = true,
    };

    private readonly WaitPolicy _forOtherRuns = new(
        run.Settings.LockTimeout,
        TimeSpan.FromMilliseconds(100),
        run.Observer.LockWait
    );

    private readonly MigrationCompiler _compiler = MigrationCompiler.For(database);
    private readonly AdoptionSurvey _survey = new(database, catalog);

    /// <summary>The backup of the run.</summary>
    public required RunBackup Backup { get; init; }

    /// <summary>What has found that there is something to do, and ends when the first transaction begins; <see langword="null"/> for nothing.</summary>
    public required DatabaseReader? Reader { get; init; }

    /// <summary>Runs the first part of a request.</summary>
    /// <returns>What is left to do; <see langword="null"/> for nothing.</returns>
    public MigrationRequest? Run(MigrationRequest request)
    {
        MigrationRequest? rest = null;
        Waiting.Until(
            _forTables,
            () =>
            {
                try
                {
                    rest = RunToEnd(request);
                    return null;
                }
                catch (BusyTableException busy)
                {
                    return new WaitReason(
                        () => busy.Holder,
                        () => busy.ToLockTimeout(database.Name)
                    );
                }
            },
            cancellation
        );
        return rest;
    }

    private MigrationRequest? RunToEnd(MigrationRequest request)
    {
        for (var attempt = 1; ; )
        {
            try
            {
                if (RunAfterOthers(request) is Receipt receipt)
                {
                    return receipt.Rest;
                }
            }
            catch (DatabaseCreatedElsewhereException) when (attempt++ < CreationAttempts)
            {
                // It exists now: look again, at that one.
            }
        }
    }

    /// <summary>Waits while another run is between two statements of a migration without a transaction.</summary>
    private UnitEnd RunAfterOthers(MigrationRequest request)
    {
        UnitEnd? end = null;
        Waiting.Until(
            _forOtherRuns,
            () =>
                (end = RunOnce(request)) is InTheWay { Other: var other }
                    ? RunningElsewhere.ReasonToWait(other)
                    : null,
            cancellation
        );
        return end!;
    }

    private UnitEnd RunOnce(MigrationRequest request)
    {
        using var transaction = MigrationTransaction.Begin(
            database,
            run.Waits,
            cancellation,
            Reader
        );
        var history = HistoryReader.Read(transaction);
        if (RunningElsewhere.Between(transaction, history) is { } other)
        {
            return new InTheWay(other);
        }

        var adoption = _survey.For(request, history, transaction);
        var plan = Planner.Plan(catalog, history, request, adoption);
        run.Progress.Plan(plan);
        if (plan.IsEmpty)
        {
            return new Receipt(rest: null);
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
        if (Backup.AwaitsConsent(request, prepared, transaction))
        {
            // Executed to learn whether it has to be allowed; its transaction undoes it.
            _ = RequireConsent(planRun.Execute(prepared), request);
            Backup.Tried();
            return new Tried();
        }

        Backup.TakeOnce(prepared, transaction);
        var result = planRun.Execute(prepared);
        var warnings = RequireConsent(result, request);
        Commit(transaction);
        return ReceiptOf(plan, request, warnings);
    }

    /// <summary>Lets the run continue to its commit, or not.</summary>
    /// <returns>What to say about it once it is committed.</returns>
    private IReadOnlyList<string> RequireConsent(ExecutedUnit executed, MigrationRequest request)
    {
        var warnings = LooseKeyConsent.Require(executed.LooseKeys, request, run);
        run.Consent.Require(executed.Proposal);
        if (executed.Proposal.Losses.Count > 0)
        {
            run.Observer.DataTaken(executed.Proposal.Losses);
        }

        return [.. warnings, .. executed.Warnings];
    }

    private void Commit(MigrationTransaction transaction)
    {
        cancellation.ThrowIfCancellationRequested();
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

    private Receipt ReceiptOf(
        MigrationPlan plan,
        MigrationRequest request,
        IReadOnlyList<string> warnings
    )
    {
        run.Progress.Committed(plan.StepsOfFirstUnit);
        run.Progress.Warn(warnings);
        if (plan.StepsOfFirstUnit == plan.Steps.Count)
        {
            return new Receipt(rest: null);
        }

        run.Settings.Gate.PartCommitted();
        return new Receipt(request.After(plan.StepsOfFirstUnit));
    }

    /// <summary>How an attempt ended.</summary>
    private abstract class UnitEnd;

    /// <summary>Nothing was committed, and it is allowed: now it begins in earnest.</summary>
    private sealed class Tried : UnitEnd;

    /// <summary>Another run has to end first.</summary>
    /// <param name="other">What it runs.</param>
    private sealed class InTheWay(InterruptedMigration other) : UnitEnd
    {
        public InterruptedMigration Other => other;
    }

    /// <summary>It is committed, or there was nothing to do.</summary>
    /// <param name="rest">What is left to do; <see langword="null"/> for nothing.</param>
    private sealed class Receipt(MigrationRequest? rest) : UnitEnd
    {
        public MigrationRequest? Rest => rest;
    }
}
