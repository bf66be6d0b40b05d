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

    /// <summary>A sentence of what its class asks for and the database cannot do; empty unless the program leaves that out.</summary>
    public IReadOnlyList<string> LeftOut => LeftOutOf(Step.Id, Step.Direction, Script);

    /// <summary>The same of a script that is no step, such as a Down that is stored.</summary>
    public static IReadOnlyList<string> LeftOutOf(
        MigrationId id,
        Direction direction,
        MigrationScript script
    ) =>
        script.LeftOut.Count == 0
            ? []
            :
            [
                $"{direction} of {id} leaves out what the database cannot do: {string.Join("; ", script.LeftOut)}.",
            ];
}
