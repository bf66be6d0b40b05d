using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Rows;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>A prepared plan that was written down to be reviewed, and that a later run executes exactly or not at all.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Plan">The steps, each with its digest.</param>
/// <param name="Basis">What the plan was made for.</param>
/// <param name="Losses">What it removes, as far as that can be told without executing it.</param>
public sealed record ApprovedPlan(
    MigrationRequest Request,
    Fingerprint Plan,
    PlanBasis Basis,
    IReadOnlyList<DataLoss> Losses
);
