using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing.Locking;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Adopting;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>A step that would be run.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Sql">What it would execute.</param>
/// <param name="MayDiffer">It asks the database something, and an earlier pending step could change the answer.</param>
/// <param name="RunsInTransaction">Whether it shares a transaction with its neighbours; else each statement has its own.</param>
/// <param name="Losses">What the tables and columns hold now that it would drop.</param>
public sealed record DryRunStep(
    MigrationId Id,
    Direction Direction,
    string Sql,
    bool MayDiffer,
    bool RunsInTransaction,
    IReadOnlyList<DataLoss> Losses
)
{
    /// <summary>Whether it only records a migration whose objects are there already.</summary>
    public bool Adopts { get; init; }
}

/// <summary>What a run would do.</summary>
/// <param name="Steps">In order; empty when nothing is to do.</param>
/// <param name="Warnings">Sentences for a person.</param>
/// <param name="Plan">The same in the form in which it can be allowed.</param>
/// <param name="Verdict">Why the run would be refused or fail, as far as that can be told without executing anything; <see langword="null"/> where nothing speaks against it.</param>
public sealed record DryRunResult(
    IReadOnlyList<DryRunStep> Steps,
    IReadOnlyList<string> Warnings,
    ApprovedPlan Plan,
    MigrateException? Verdict = null
)
{
    /// <summary>The tables of which others are kept out until what is committed together is committed, by name; as far as the SQL tells.</summary>
    public IReadOnlyList<TableLock> Locks { get; init; } = [];

    /// <summary>In what adopted objects are not as the migrations make them, or why they cannot be adopted.</summary>
    public IReadOnlyList<ContainmentPoint> AdoptionPoints { get; init; } = [];
}

/// <summary>The same plan as a run's, evaluated over a reading connection: nothing is executed and no lock is taken.</summary>
public sealed class DryRun(IDatabase database, MigrationCatalog catalog)
{
    /// <summary>Plans and evaluates.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="waits">How long to wait for a writer that keeps readers out.</param>
    /// <exception cref="MigrateException">There is no plan, or a step of it cannot be evaluated.</exception>
    public DryRunResult Preview(MigrationRequest request, TransactionSettings waits)
    {
        using var reader = database.OpenReader(waits, CancellationToken.None);
        HistoryReader.RequireExists(database, request, reader);
        var history = HistoryReader.Read(reader);
        MigrationPlan plan;
        try
        {
            var adoption = new AdoptionSurvey(database, catalog).For(request, history, reader);
            plan = Planner.Plan(catalog, history, request, adoption);
        }
        catch (AdoptionRefusedException refusal)
        {
            return Refused(request, (history, reader), refusal);
        }

        var compiler = MigrationCompiler.For(database);
        var prepared = Preparation.Of(plan, reader, compiler);
        DryRunStep[] steps = [.. prepared.Steps.Select(step => Show(step, reader))];
        var locks =
            reader?.Translate(session =>
                LockFootprint.Of(session, PreparedPlan.InTransactions(prepared.Steps))
            )
            ?? [];
        var (verdict, doubts) =
            reader?.WhyReadOnly is { } readOnly ? (readOnly, [])
            : plan.IsEmpty ? (null, [])
            : Judge(prepared, history, reader is null ? null : new PlanChecks(reader, compiler));
        List<string> warnings =
        [
            .. plan.Warnings,
            .. prepared.Steps.SelectMany(step => step.LeftOut),
            .. doubts.Select(doubt => doubt + "."),
        ];
        LockFootprint.Warn(locks, plan.CommitUnit, warnings);
        return new DryRunResult(
            steps,
            warnings,
            new ApprovedPlan(
                Exactly(request, plan, history),
                Fingerprint.Of(prepared),
                PlanBasis.Of(prepared, database.Driver.Provider, (history, reader)),
                [.. steps.SelectMany(step => step.Losses)]
            ),
            verdict
        )
        {
            AdoptionPoints = plan.AdoptionNotes,
            Locks = locks,
        };
    }

    private DryRunResult Refused(
        MigrationRequest request,
        (MigrationHistory History, DatabaseReader? Reader) found,
        AdoptionRefusedException refusal
    )
    {
        var nothing = new PreparedPlan(new MigrationPlan([], [], []), []);
        return new DryRunResult(
            [],
            [],
            new ApprovedPlan(
                request,
                Fingerprint.Of(nothing),
                PlanBasis.Of(nothing, database.Driver.Provider, found),
                []
            ),
            refusal
        )
        {
            AdoptionPoints = refusal.Points,
        };
    }

    /// <summary>A Down says where it ends, so that it has nothing to do where it was done already.</summary>
    private static MigrationRequest Exactly(
        MigrationRequest request,
        MigrationPlan plan,
        MigrationHistory history
    ) =>
        request is not DownRequest
            ? request
            : (
                plan.LastKept(history) is { } kept
                    ? new DownRequest(To: kept.Version)
                    : new DownRequest(All: true)
            ) with
            {
                CommitUnit = request.CommitUnit,
            };

    /// <summary>Why the run would be refused, and what has to be meant for it, as far as that can be told.</summary>
    private (MigrateException? Verdict, IReadOnlyList<string> Doubts) Judge(
        PreparedPlan prepared,
        MigrationHistory history,
        PlanChecks? checks
    )
    {
        try
        {
            PlanChecks.RequireAllowed(prepared.Plan);
            if (checks is null)
            {
                return (null, []);
            }

            var doubts = checks.Require(prepared, catalog, history);
            checks.RequireNoObstacle(prepared);
            return (null, doubts);
        }
        catch (MigrateException verdict)
        {
            return (verdict, []);
        }
    }

    private static DryRunStep Show(PreparedStep prepared, DatabaseReader? reader) =>
        prepared.Problem is { } problem
            ? throw problem
            : new DryRunStep(
                prepared.Step.Id,
                prepared.Step.Direction,
                prepared.Script.Sql,
                prepared.MayDiffer,
                prepared.Step.RunsInTransaction,
                reader?.PreviewLosses(prepared.Statements.All) ?? []
            )
            {
                Adopts = prepared.Step.Adopts,
            };
}
