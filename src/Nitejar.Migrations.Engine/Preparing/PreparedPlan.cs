using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>A plan with what each of its steps executes: what is shown, agreed to and run.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Steps">One for each of the plan's.</param>
internal sealed record PreparedPlan(MigrationPlan Plan, IReadOnlyList<PreparedStep> Steps)
{
    /// <summary>The statements of steps that hold what they lock until they are committed; a step without a transaction does not.</summary>
    public static IEnumerable<Statement> InTransactions(IEnumerable<PreparedStep> steps) =>
        steps
            .Where(prepared => prepared.Step.RunsInTransaction)
            .SelectMany(prepared => prepared.Statements.All);

    /// <summary>The steps that revert a migration.</summary>
    public IEnumerable<PreparedStep> Downs =>
        Steps.Where(prepared => prepared.Step.Direction == Direction.Down);
}
