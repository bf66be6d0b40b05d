using Nitejar.Migrations.Rebuilding;
using Nitejar.Tests.Surface;

namespace Nitejar.Migrations.Tests;

public sealed class PublicSurfaceTests
{
    [TestCase(typeof(MigrationIndex))]
    [TestCase(typeof(TableRebuild))]
    public void What_is_public_was_approved(Type root) =>
        ApprovedSurface.Matches(root.Assembly, "Nitejar.Migrations.Tests");
}
