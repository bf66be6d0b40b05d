using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing.Obstructions;

/// <summary>
/// What cannot be promised on an engine whose rollback does not undo changes of the schema: each statement is committed by
/// itself there, in a transaction that reads the lock.
/// </summary>
internal static class EngineLimits
{
    /// <summary>Refuses what a step could not keep.</summary>
    /// <param name="engine">The name of the engine.</param>
    /// <param name="step">The step.</param>
    /// <param name="script">What it executes.</param>
    /// <exception cref="RefusedException">The step runs in one transaction, or runs code.</exception>
    public static void Require(string engine, PlanStep step, MigrationScript script)
    {
        if (step.RunsInTransaction)
        {
            throw new RefusedException(
                $"{step.Id} runs in one transaction, and {engine} does not undo changes of the schema with it.",
                "Declare it with [Migration(VERSION, TransactionBehavior.None)], so that each statement is committed."
            );
        }

        if (script.RunsCode)
        {
            throw new RefusedException(
                $"{step.Id} runs code without a transaction, and nothing keeps another run out of that on {engine}.",
                "Write it as SQL."
            );
        }
    }

    /// <summary>For a Down that is to keep rows.</summary>
    /// <param name="engine">The name of the engine.</param>
    public static RefusedException OfKeptRows(string engine) =>
        new(
            $"Rows are not kept on {engine}, where a statement that removes them may last without the one that keeps them.",
            "Back the database up, and add --no-archive."
        );
}
