namespace Nitejar.Migrations.Tests.Chains;

/// <summary>A chain for which something does not hold. NUnit's own assertions would end the other chains too.</summary>
internal sealed class ChainFailure(string message) : Exception(message)
{
    /// <summary>Throws unless there is no difference.</summary>
    public static void Unless(IReadOnlyList<string> differences, string promise)
    {
        if (differences.Count > 0)
        {
            throw new ChainFailure($"{promise}:\n{string.Join('\n', differences)}");
        }
    }
}
