using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>Turns catalog, history and request into a plan. Pure: it reads nothing else and changes nothing.</summary>
internal static class Planner
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="InvalidRequestException">The request names a version that cannot be meant.</exception>
    /// <exception cref="RefusedException">Someone has to decide first.</exception>
    public static MigrationPlan Plan(
        MigrationCatalog catalog,
        MigrationHistory history,
        MigrationRequest request
    ) =>
        request switch
        {
            UpRequest up => UpPlanner.Plan(catalog, history, up),
            DownRequest down => DownPlanner.Plan(catalog, history, down),
            RedoRequest redo => DownPlanner.PlanRedo(catalog, history, redo),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
}
