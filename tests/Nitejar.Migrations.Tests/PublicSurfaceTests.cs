using Nitejar.Tests.Surface;

namespace Nitejar.Migrations.Tests;

public sealed class PublicSurfaceTests
{
    [Test]
    public void What_is_public_was_approved() =>
        ApprovedSurface.Matches(typeof(MigrationIndex).Assembly, "Nitejar.Migrations.Tests");
}
