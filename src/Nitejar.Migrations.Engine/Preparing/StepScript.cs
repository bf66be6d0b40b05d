using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>The script of a planned step: the SQL that the journal has, or what the class makes.</summary>
internal static class StepScript
{
    /// <param name="step">The step.</param>
    /// <param name="reader">The database; <see langword="null"/> while it does not exist.</param>
    /// <param name="compiler">Evaluates the class where the journal has no SQL.</param>
    /// <exception cref="MigrationFailedException">An Up cannot be evaluated.</exception>
    /// <exception cref="RefusedException">A Down cannot: it is irreversible.</exception>
    public static MigrationScript Of(
        PlanStep step,
        DatabaseReader? reader,
        MigrationCompiler compiler
    )
    {
        if (step.Known is not { } known)
        {
            var stored = reader!.ReadJournalSql(step.JournalId!.Value);
            return MigrationScript.FromStoredSql(stored.DownSql ?? "");
        }

        try
        {
            return compiler.Compile(known, step.Direction, reader?.Schema);
        }
        catch (MigrationFailedException e) when (step.Direction == Direction.Down)
        {
            throw IrreversibleMigration.Of(step.Id, e);
        }
    }
}
