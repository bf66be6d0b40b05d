using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// Executes a migration that runs without a transaction: each statement is committed by itself and journaled before
/// and after, so that an interruption is seen and can be settled.
/// </summary>
internal sealed class SingleStatements(
    MigrationTransaction transaction,
    StepJournal journal,
    RunContext run
)
{
    /// <summary>Executes what is left of the step.</summary>
    /// <exception cref="MigrateException">A statement failed; those before it are committed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the statements before are committed.</exception>
    public void Execute(PreparedStep prepared)
    {
        var (step, script) = (prepared.Step, prepared.Script);
        var statements = prepared.Statements.Operations;
        var executed = ExecutedBefore(prepared);
        var begun = IsContinued(step) ? executed : -1;
        if (step is { Direction: Direction.Down, Settles: null })
        {
            // Half reverted is no longer applied: from here on `up` has to be told what to do.
            transaction.RemoveApplied(step.Id.Version);
        }

        for (; executed < statements.Count; executed++)
        {
            journal.Start(step, script, executed + 1);
            transaction.CommitAndContinue();
            Tell(step, executed, statements.Count);
            if (executed != begun || !IsDone(step, statements[executed], executed))
            {
                Execute(step, statements[executed], executed);
                RequireDone(step, statements[executed], executed);
            }

            journal.Executed(step, executed + 1);
            _ = transaction.CheckData();
            transaction.CommitAndContinue();
        }

        Tell(step, executed, statements.Count);
    }

    private void Tell(PlanStep step, int executed, int all)
    {
        if (!transaction.IsNew)
        {
            run.Progress.Singly(step.Id, executed, all);
            run.Settings.Gate.PartCommitted();
        }
    }

    private void Execute(PlanStep step, IStepOperation statement, int executed)
    {
        try
        {
            transaction.ExecuteAlone(statement);
        }
        catch (StatementException e) when (IsUndoingAnUp(step) && FailedStatement.MissesObject(e))
        {
            // The Up was interrupted before it had made what this statement removes.
        }
        catch (StatementException e)
        {
            throw StepFailure.Of(step, statement, executed + 1, e);
        }
    }

    /// <summary>How many statements an earlier, interrupted run has executed already.</summary>
    /// <exception cref="RefusedException">They were other ones.</exception>
    private int ExecutedBefore(PreparedStep prepared)
    {
        var (step, script) = (prepared.Step, prepared.Script);
        if (!IsContinued(step))
        {
            return 0;
        }

        var interrupted = step.Settles!;
        var stored = transaction.ReadJournalSql(interrupted.JournalId);
        var before = (step.Direction == Direction.Up ? stored.UpSql : stored.DownSql) ?? script.Sql;
        var isSame =
            before == script.Sql
            || (
                !script.RunsCode
                && transaction
                    .Dialect.Parse(before)
                    .Take(interrupted.Executed)
                    .Select(statement => statement.Sql)
                    .SequenceEqual(
                        prepared
                            .Statements.All.Take(interrupted.Executed)
                            .Select(statement => statement.Sql)
                    )
            );
        return isSame
            ? interrupted.Executed
            : throw new RefusedException(
                $"{step.Id} was interrupted {interrupted.Place}, and those are other statements now.",
                "Restore the migration as it was, or take it back with `down`."
            );
    }

    /// <summary>
    /// Whether a statement that may have been interrupted has done all that it does. What it has left half done is
    /// brought to its end, or made room for.
    /// </summary>
    private bool IsDone(PlanStep step, IStepOperation operation, int executed)
    {
        if (operation is not Statement statement)
        {
            return false;
        }

        var outcome = transaction.FindOutcome(statement);
        if (outcome.State == StatementState.Incomplete)
        {
            run.Progress.Warn([
                $"Statement {executed + 1} of {step.Id} had been interrupted and had left {outcome.Repair.Leftover}: repaired.",
            ]);
            foreach (var repair in outcome.Repair.Statements.SelectMany(transaction.Dialect.Parse))
            {
                Execute(step, repair, executed);
            }

            outcome = transaction.FindOutcome(statement);
        }

        return outcome.State == StatementState.Executed;
    }

    /// <summary>A statement that makes something only if it is missing is content with what another one has left half done.</summary>
    private void RequireDone(PlanStep step, IStepOperation operation, int executed)
    {
        if (
            operation is Statement statement
            && statement.Effects.Any(effect => effect.OnlyIfMissing)
            && transaction.FindOutcome(statement) is { State: StatementState.Incomplete } outcome
        )
        {
            throw StepFailure.Of(
                step,
                statement,
                executed + 1,
                new StatementException(
                    $"there was {outcome.Repair.Leftover}, which the statement has left as it is",
                    statement
                )
            );
        }
    }

    private static bool IsContinued(PlanStep step) =>
        step.Settles is { } interrupted && interrupted.Direction == step.Direction;

    private static bool IsUndoingAnUp(PlanStep step) =>
        step is { Direction: Direction.Down, Settles.IsOfAnUp: true };
}
