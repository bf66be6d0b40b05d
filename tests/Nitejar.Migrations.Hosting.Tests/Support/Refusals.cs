using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>Expects that something is refused as wrong use.</summary>
internal static class Refusals
{
    /// <summary>The refusal; the test fails where there is none or it is another exception.</summary>
    public static InvalidRequestException Of(Action action)
    {
        var refused = Assert.Catch<InvalidRequestException>(() => action());
        Assert.That(refused.NextStep, Is.Not.Empty);
        return refused;
    }
}
