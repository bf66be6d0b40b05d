using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing.Obstructions;

/// <summary>Says of a failed statement what it means for its migration.</summary>
internal static class StepFailure
{
    /// <summary>The failure of a statement.</summary>
    /// <param name="step">The step.</param>
    /// <param name="operation">The statement, or code.</param>
    /// <param name="number">Which one of the step it is, from 1.</param>
    /// <param name="failure">How it failed.</param>
    public static MigrationFailedException Of(
        PlanStep step,
        IStepOperation operation,
        int number,
        StatementException failure
    ) =>
        Of(
            $"{step.Id} failed going {WordOf(step.Direction)} at {PlaceOf(operation, number, failure)}",
            step,
            failure
        );

    /// <summary>As <see cref="Of(PlanStep, IStepOperation, int, StatementException)"/>, of a statement that was not executed, since it cannot but fail.</summary>
    public static MigrationFailedException OfRefusal(
        PlanStep step,
        IStepOperation operation,
        int number,
        StatementException refusal
    ) =>
        Of(
            $"{step.Id} would fail going {WordOf(step.Direction)} at {PlaceOf(operation, number, refusal)}",
            step,
            refusal
        );

    /// <summary>The failure of a statement that makes what was there before the run.</summary>
    public static RefusedException OfCollision(PlanStep step, StatementException failure) =>
        new(
            $"{step.Id} makes something that the database has already: {failure.Message}.",
            "Another tool has probably made this schema; compare it with `schema` and `script up` before anything else."
        )
        {
            Detail = Excerpt(failure.Sql),
        };

    private static MigrationFailedException Of(
        string message,
        PlanStep step,
        StatementException failure
    ) =>
        new(
            message,
            failure.NextStep is { } known ? known + AndThen(step)
                : RefusesTransaction(step, failure) ? WithoutTransaction
                : NextStepOf(step),
            failure
        )
        {
            Detail = failure.Sql.Length == 0 ? null : Excerpt(failure.Sql),
        };

    private static string PlaceOf(IStepOperation operation, int number, StatementException failure)
    {
        var firstLine = operation is Statement statement ? statement.Line : 1;
        return $"statement {number}, line {firstLine + failure.Line - 1}: {failure.Message}.";
    }

    private static string WordOf(Direction direction) => direction == Direction.Up ? "up" : "down";

    private static string AndThen(PlanStep step) =>
        (step.RunsInTransaction, step.Direction) switch
        {
            (true, _) => "",
            (_, Direction.Up) =>
                " Then continue with `up --resume`, or revert the migration with `down`.",
            _ => " Then continue with `down`.",
        };

    private const string WithoutTransaction =
        "Put the statement into a migration of its own with [Migration(VERSION, TransactionBehavior.None)], which runs without a transaction.";

    /// <summary>VACUUM and some pragmas on SQLite, CREATE INDEX CONCURRENTLY on PostgreSQL.</summary>
    private static bool RefusesTransaction(PlanStep step, StatementException failure) =>
        step.RunsInTransaction
        && (
            failure.Message.Contains("from within a transaction", StringComparison.Ordinal)
            || failure.Message.Contains("inside a transaction", StringComparison.Ordinal)
        );

    private static string NextStepOf(PlanStep step) =>
        (step.RunsInTransaction, step.Direction) switch
        {
            (true, _) => "Correct the migration or the data it meets, and run the command again.",
            (_, Direction.Up) =>
                "Correct the migration or the data it meets and continue with `up --resume`, or revert it with `down`.",
            _ => "Correct the data it meets and continue with `down`.",
        };

    /// <summary>The beginning: a statement may fill pages.</summary>
    public static string Excerpt(string sql)
    {
        const int lines = 12;
        const int characters = 1000;
        var shown = string.Join(
            '\n',
            sql[..Math.Min(sql.Length, characters)].Split('\n').Take(lines)
        );
        return shown.Length < sql.Length ? shown + " ..." : shown;
    }
}
