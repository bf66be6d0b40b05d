namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>
/// A fault, and what holds all the same. The checks are static methods of the fixtures, since they are also done with
/// programs that have a planted defect.
/// </summary>
[NonParallelizable]
public abstract class FaultTests
{
    private Rig? _rig;

    private protected Rig Rig => _rig!;

    [SetUp]
    public void PrintSeed()
    {
        _rig = Rig.OfEnvironment();
        TestContext.Out.WriteLine(_rig);
    }
}
