namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Tests that each work in a folder of their own.</summary>
public abstract class WorkplaceTests
{
    protected const string Core = "20240101000000";
    protected const string Github = "20240501120000";

    private Workplace? _place;

    private protected Workplace Place => _place!;

    [SetUp]
    public void OpenWorkplace() => _place = new Workplace();

    [TearDown]
    public void CloseWorkplace() => _place?.Dispose();
}
