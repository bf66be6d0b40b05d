using System.Globalization;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>Which chains are tried, by the variables that the tests of faults know too.</summary>
internal static class ChainSeeds
{
    public const string SeedVariable = "NITEJAR_FAULTS_SEED";
    private const string SizeVariable = "NITEJAR_FAULTS";

    /// <summary>The same every day, so that what makes a usual run fail is a change, not chance.</summary>
    private const int UsualSeed = 20260101;

    private const int UsualCount = 300;
    private const int LongCount = 5000;

    /// <summary>A seed for each chain. One that is given comes first, so that its chain is repeated at once.</summary>
    public static IEnumerable<int> OfEnvironment()
    {
        var isLong = Environment.GetEnvironmentVariable(SizeVariable) == "long";
        var variable = Environment.GetEnvironmentVariable(SeedVariable);
        var first =
            int.TryParse(variable, CultureInfo.InvariantCulture, out var given) ? given
            : isLong ? Random.Shared.Next(int.MaxValue - LongCount)
            : UsualSeed;
        return Enumerable.Range(first, isLong ? LongCount : UsualCount);
    }
}
