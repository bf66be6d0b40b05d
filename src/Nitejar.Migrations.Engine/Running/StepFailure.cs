using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Says of a failed statement what it means for its migration.</summary>
internal static class StepFailure
{
    /// <param name="step">The step.</param>
    /// <param name="operation">The operation that the statement belongs to.</param>
    /// <param name="statementsBefore">How many statements of the step came before the operation.</param>
    /// <param name="failure">The failed statement.</param>
    public static MigrationFailedException Of(
        PlanStep step,
        MigrationOperation operation,
        int statementsBefore,
        StatementException failure
    )
    {
        var firstLine = operation is SqlOperation sql ? sql.Line : 1;
        return new MigrationFailedException(
            $"{step.Id} failed going {(step.Direction == Direction.Up ? "up" : "down")} at statement {statementsBefore + failure.Statement}, line {firstLine + failure.Line - 1}: {failure.Message}.",
            RefusesTransaction(step, failure) ? WithoutTransaction : NextStepOf(step),
            failure
        )
        {
            Detail = failure.Sql.Length == 0 ? null : Excerpt(failure.Sql),
        };
    }

    /// <summary>The failure of a statement that makes what was there before the run.</summary>
    public static RefusedException OfCollision(PlanStep step, StatementException failure) =>
        new(
            $"{step.Id} makes something that the database has already: {failure.Message}.",
            "Another tool has probably made this schema; compare it with `schema` and `script up` before anything else."
        )
        {
            Detail = Excerpt(failure.Sql),
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

    /// <summary>The beginning: a statement that cannot be parsed comes with all that follows it.</summary>
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
