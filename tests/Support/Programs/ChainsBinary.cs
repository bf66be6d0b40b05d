namespace Nitejar;

/// <summary>
/// The native program with other migrations than the product's (tests/Nitejar.Migrations.Chains): the one that is
/// published already, else published when the first test of this run asks for it.
/// </summary>
[SetUpFixture]
public sealed class ChainsBinary
{
    private const string Variable = "NITEJAR_CHAINS_BINARY";

    private static readonly Lazy<string> s_program = new(Find);
    private static TemporaryFolder? s_published;

    /// <summary>Its full path.</summary>
    public static string ProgramFile => s_program.Value;

    [OneTimeTearDown]
    public void Remove() => s_published?.Dispose();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        s_published = new TemporaryFolder();
        PublishedBinary.Publish("tests/Nitejar.Migrations.Chains", s_published.Path);
        return s_published["nitejar-migrate-chains"];
    }
}
