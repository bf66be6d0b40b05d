using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>What the migrations make up to one of them.</summary>
/// <param name="Last">The migration.</param>
/// <param name="Schema">What there is after it.</param>
internal sealed record ReplayedState(KnownMigration Last, DatabaseSchema Schema);
