using Nitejar.Tests.Surface;

namespace Nitejar.Database.Tests;

public sealed class PublicSurfaceTests
{
    [Test]
    public void What_is_public_was_approved() =>
        ApprovedSurface.Matches(typeof(NitejarDatabase).Assembly, "Nitejar.Database.Tests");
}
