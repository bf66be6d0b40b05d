using Nitejar.Migrations.Faults.Tests.Planted;

namespace Nitejar.Migrations.Faults.Tests;

/// <summary>The program with defects, which is built when the first test wants it, and once for all of them.</summary>
[SetUpFixture]
public sealed class SharedPlantedProgram
{
    private static readonly Lazy<PlantedProgram> Built = new(PlantedProgram.Build);

    internal static PlantedProgram Instance => Built.Value;

    [OneTimeTearDown]
    public static void Remove()
    {
        if (Built.IsValueCreated)
        {
            Built.Value.Dispose();
        }
    }
}
