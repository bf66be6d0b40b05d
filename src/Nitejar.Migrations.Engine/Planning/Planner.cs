using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>Turns catalog, history and request into a plan. Pure: it reads nothing else and changes nothing.</summary>
internal static class Planner
{
    /// <summary>Makes the plan.</summary>
    /// <param name="catalog">What the binary knows.</param>
    /// <param name="history">What the database says.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="adoption">What the database has without saying so; <see langword="null"/> where the request adopts nothing.</param>
    /// <exception cref="InvalidRequestException">The request names a version that cannot be meant.</exception>
    /// <exception cref="RefusedException">Someone has to decide first.</exception>
    public static MigrationPlan Plan(
        MigrationCatalog catalog,
        MigrationHistory history,
        MigrationRequest request,
        Adoption? adoption = null
    ) => Choose(catalog, history, request, adoption) with { CommitUnit = request.CommitUnit };

    private static MigrationPlan Choose(
        MigrationCatalog catalog,
        MigrationHistory history,
        MigrationRequest request,
        Adoption? adoption
    ) =>
        request switch
        {
            AdoptRequest => AdoptPlanner.Plan(history, adoption),
            UpRequest { Adopts: true } up => AdoptPlanner.Plan(catalog, history, up, adoption),
            UpRequest up => UpPlanner.Plan(catalog, history, up),
            DownRequest down => DownPlanner.Plan(catalog, history, down),
            RedoRequest redo => DownPlanner.PlanRedo(catalog, history, redo),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
}
