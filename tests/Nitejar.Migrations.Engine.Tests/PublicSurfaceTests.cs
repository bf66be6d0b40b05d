using Nitejar.Tests.Surface;

namespace Nitejar.Migrations.Engine.Tests;

public sealed class PublicSurfaceTests
{
    [Test]
    public void What_is_public_was_approved() =>
        ApprovedSurface.Matches(
            typeof(MigrateException).Assembly,
            "Nitejar.Migrations.Engine.Tests"
        );
}
