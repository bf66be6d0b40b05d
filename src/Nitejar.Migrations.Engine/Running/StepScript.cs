using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>The script of a planned step, the same for a run and for its preview.</summary>
internal static class StepScript
{
    /// <param name="step">The step.</param>
    /// <param name="reader">The database; <see langword="null"/> while it does not exist.</param>
    /// <param name="compiler">Evaluates the class where the journal has no SQL.</param>
    public static MigrationScript Of(
        PlanStep step,
        IDatabaseReader? reader,
        MigrationCompiler compiler
    ) =>
        step.Known is { } known
            ? compiler.Compile(known, step.Direction, reader?.Schema)
            : MigrationScript.FromStoredSql(
                reader!.ReadJournalSql(step.JournalId!.Value).DownSql ?? ""
            );
}
