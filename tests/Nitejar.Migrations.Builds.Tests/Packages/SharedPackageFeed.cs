namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>The packages, made when the first test wants them and once for all: to make them takes longer than the tests.</summary>
[SetUpFixture]
public sealed class SharedPackageFeed
{
    private static readonly Lazy<PackageFeed> s_feed = new(PackageFeed.Pack);

    internal static PackageFeed Instance => s_feed.Value;

    [OneTimeTearDown]
    public void Remove()
    {
        if (s_feed.IsValueCreated)
        {
            s_feed.Value.Dispose();
        }
    }
}
