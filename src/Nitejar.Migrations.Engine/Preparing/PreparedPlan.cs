using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>A plan with what each of its steps executes: what is shown, agreed to and run.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Steps">One for each of the plan's.</param>
internal sealed record PreparedPlan(MigrationPlan Plan, IReadOnlyList<PreparedStep> Steps)
{
    /// <summary>The steps that revert a migration.</summary>
    public IEnumerable<PreparedStep> Downs =>
        Steps.Where(prepared => prepared.Step.Direction == Direction.Down);
}
