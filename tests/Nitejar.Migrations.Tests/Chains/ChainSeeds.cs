using System.Globalization;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>Which chains are tried, by the variables that the tests of faults know too.</summary>
internal static class ChainSeeds
{
    public const string SeedVariable = "NITEJAR_FAULTS_SEED";
    private const string SizeVariable = "NITEJAR_FAULTS";

    /// <summary>The same every day, so that what makes a usual run fail is a change, not chance.</summary>
    private const int UsualSeed = 20260101;

    private static int UsualCount(ChainKind kind) =>
        kind switch
        {
            ChainKind.Sqlite => 300,
            ChainKind.Postgres => 3,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static int LongCount(ChainKind kind) =>
        kind switch
        {
            ChainKind.Sqlite => 5000,
            ChainKind.Postgres => 300,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>A seed for each chain. One that is given comes first, so that its chain is repeated at once; of several with commas between them, only theirs are.</summary>
    public static IEnumerable<int> OfEnvironment(ChainKind kind)
    {
        var isLong = Environment.GetEnvironmentVariable(SizeVariable) == "long";
        var variable = Environment.GetEnvironmentVariable(SeedVariable);
        if (variable?.Contains(',', StringComparison.Ordinal) == true)
        {
            return variable
                .Split(',')
                .Select(seed => int.Parse(seed, CultureInfo.InvariantCulture));
        }

        var first =
            int.TryParse(variable, CultureInfo.InvariantCulture, out var given) ? given
            : isLong ? Random.Shared.Next(int.MaxValue - LongCount(kind))
            : UsualSeed;
        return Enumerable.Range(first, isLong ? LongCount(kind) : UsualCount(kind));
    }
}
