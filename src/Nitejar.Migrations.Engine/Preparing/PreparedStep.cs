using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>A planned step with what it executes.</summary>
/// <param name="Step">The step.</param>
/// <param name="Script">What it executes; as far as it can be known before the steps above it, where it may differ.</param>
/// <param name="Statements">The same as statements with their effects; none while the database does not exist.</param>
/// <param name="MayDiffer">Whether an earlier step of the plan can change the script, which is evaluated again when its turn comes.</param>
internal sealed record PreparedStep(
    PlanStep Step,
    MigrationScript Script,
    StepStatements Statements,
    bool MayDiffer
)
{
    /// <summary>Why the script could not be evaluated before the steps above it; <see langword="null"/> where it could.</summary>
    public MigrateException? Problem { get; init; }
}
