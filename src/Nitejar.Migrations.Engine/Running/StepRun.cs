using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Secrets;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Executes single steps of a plan.</summary>
/// <param name="transaction">Where they are executed.</param>
/// <param name="run">The run.</param>
/// <param name="compiler">Evaluates the steps whose script depends on those before them.</param>
/// <param name="steps">All of the plan.</param>
internal sealed class StepRun(
    MigrationTransaction transaction,
    RunContext run,
    MigrationCompiler compiler,
    IReadOnlyList<PreparedStep> steps
)
{
    /// <summary>Journals the single statements of a step without a transaction.</summary>
    public required StepJournal Journal { get; init; }

    /// <summary>Compares what is executed with what was allowed.</summary>
    public required StepIdentity Identity { get; init; }

    /// <summary>Executes a step.</summary>
    /// <param name="index">Which one of the plan it is, from 0.</param>
    /// <exception cref="MigrateException">It failed, or is refused.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ExecutedStep Execute(int index)
    {
        var step = steps[index].Step;
        var prepared = steps[index].MayDiffer
            ? Preparation.Again(step, transaction, compiler)
            : steps[index];
        var script = prepared.Script;
        var digest = Identity.Of(step, index, script);
        Announce(step, script);
        run.Progress.Warn(prepared.LeftOut);
        run.Progress.Warn(StoredSecrets.WarningsOf(step, script));

        transaction.BeginStep(ScopeOf(step, script), prepared.Statements);
        if (step.RunsInTransaction)
        {
            Execute(prepared);
        }
        else
        {
            new SingleStatements(transaction, Journal, run).Execute(prepared);
        }

        var data = transaction.EndStep();
        if (data.IsOfChangedMigration)
        {
            run.Progress.Warn([
                $"{step.Id} is not what was reverted, or cannot be compared with it: rows that it inserts stay unless an archived row has their key.",
            ]);
        }

        return new ExecutedStep(prepared, digest, data);
    }

    private void Announce(PlanStep step, MigrationScript script)
    {
        if (run.Consent == Consent.NotGiven)
        {
            run.Observer.StepTried(step.Id, step.Direction, script.Sql);
        }
        else
        {
            run.Observer.StepStarting(step.Id, step.Direction, script.Sql);
        }
    }

    private StepScope ScopeOf(PlanStep step, MigrationScript script) =>
        new(step.Id, step.Direction, ArchivingRun(step), run.Settings.KeepRows)
        {
            CommitsEachStatement = !step.RunsInTransaction,
            RevertedSql = () =>
                step.JournalId is { } applied ? transaction.ReadJournalSql(applied).UpSql : null,
            IsUnchanged = () => IsUnchanged(step, script),
        };

    /// <summary>Whether an Up does again, from its beginning, what the last Down of its migration reverted.</summary>
    private bool IsUnchanged(PlanStep step, MigrationScript script) =>
        step.Settles is null
        && !script.RunsCode
        && transaction.ReadJournalState().Reverted.TryGetValue(step.Id.Version, out var reverted)
        && (
            reverted.Checksum is { } checksum
                ? script.IsRecordedAs(checksum)
                : transaction.ReadJournalSql(reverted.Id).UpSql == script.Sql
        );

    /// <summary>What the two halves of an interrupted Down archive belongs together.</summary>
    private string ArchivingRun(PlanStep step) =>
        step.Settles is { } begun && begun.Direction == step.Direction
            ? begun.RunId
            : run.Progress.RunId;

    /// <summary>Names all that is in the way: SQLite stops at the first.</summary>
    private RefusedException CollisionOf(PlanStep step, StatementException failure) =>
        Collision.Of(
            transaction.Translate(session =>
                Obstacles.Of(session, steps.Select(prepared => prepared.Statements))
            ),
            steps,
            OtherHistories.Read(transaction),
            StepFailure.Excerpt(failure.Sql)
        ) ?? StepFailure.OfCollision(step, failure);

    private void Execute(PreparedStep prepared)
    {
        var step = prepared.Step;
        var number = 0;
        foreach (var operation in prepared.Statements.Operations)
        {
            number++;
            try
            {
                transaction.Execute(operation);
            }
            catch (StatementException e)
                when (step.Direction == Direction.Up && transaction.IsObstructed(e))
            {
                throw CollisionOf(step, e);
            }
            catch (StatementException e)
            {
                throw StepFailure.Of(step, operation, number, e);
            }
        }
    }
}

/// <summary>A step that was executed and is not journaled yet.</summary>
/// <param name="prepared">What it was.</param>
/// <param name="digest">The same in a form that can be compared.</param>
/// <param name="data">What it did with archived rows.</param>
internal sealed class ExecutedStep(PreparedStep prepared, StepDigest digest, StepData data)
{
    /// <summary>What it was.</summary>
    public PreparedStep Prepared => prepared;

    /// <summary>The same in a form that can be compared.</summary>
    public StepDigest Digest => digest;

    /// <summary>What it did with archived rows.</summary>
    public StepData Data => data;
}
