using FluentMigrator;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Asks the database what a class has stated as its preconditions.</summary>
internal static class Preconditions
{
    /// <param name="id">The migration.</param>
    /// <param name="script">Its Up.</param>
    /// <param name="processor">Answers.</param>
    /// <exception cref="RefusedException">One does not hold.</exception>
    public static void Require(MigrationId id, MigrationScript script, CapturingProcessor processor)
    {
        foreach (var precondition in script.Preconditions)
        {
            if (Ask(id, precondition, processor) is var (reason, nextStep))
            {
                throw new RefusedException(
                    $"{id} must not run on this database: {reason}.",
                    nextStep
                )
                {
                    Code = ErrorCode.PreconditionFailed,
                };
            }
        }
    }

    private static (string Reason, string NextStep)? Ask(
        MigrationId id,
        Func<IMigrationProcessor, (string Reason, string NextStep)?> precondition,
        CapturingProcessor processor
    )
    {
        try
        {
            return precondition(processor);
        }
        catch (Exception e) when (e is not MigrateException)
        {
            throw new RefusedException(
                $"{id} has a precondition that cannot be asked: {e.Message.TrimEnd('.')}.",
                "Look at the tables that the precondition reads; they are not as its author expects.",
                e
            )
            {
                Code = ErrorCode.PreconditionFailed,
            };
        }
    }
}
