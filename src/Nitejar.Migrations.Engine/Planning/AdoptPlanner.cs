using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>Plans what is recorded because it is there already.</summary>
internal static class AdoptPlanner
{
    /// <summary>Plans an adoption alone.</summary>
    /// <exception cref="RefusedException">A migration was interrupted.</exception>
    public static MigrationPlan Plan(MigrationHistory history, Adoption? adoption)
    {
        if (history.Interrupted is { } interrupted)
        {
            throw new RefusedException(
                $"{interrupted.Migration} runs without a transaction and was interrupted {interrupted.Place}.",
                "Settle it first, with `down` or `up --resume`."
            )
            {
                Code = ErrorCode.MigrationInterrupted,
            };
        }

        return new MigrationPlan(StepsOf(adoption), [], []) { Adoption = adoption };
    }

    /// <summary>Plans an adoption, and an Up from there.</summary>
    /// <inheritdoc cref="UpPlanner.Plan" path="/exception"/>
    public static MigrationPlan Plan(
        MigrationCatalog catalog,
        MigrationHistory history,
        UpRequest request,
        Adoption? adoption
    )
    {
        var adopted = adoption?.Migrations ?? [];
        var plan = UpPlanner.Plan(
            catalog,
            history.With(
                adopted.Select(known => new AppliedMigration(known.Id.Version, null, null))
            ),
            request
        );
        return plan with { Steps = [.. StepsOf(adoption), .. plan.Steps], Adoption = adoption };
    }

    private static PlanStep[] StepsOf(Adoption? adoption) =>
        [.. (adoption?.Migrations ?? []).Select(PlanStep.Adopting)];
}
