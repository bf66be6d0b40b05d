namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>The program whose promises are tested: the published one, or one with a planted defect.</summary>
/// <param name="File">What is executed.</param>
/// <param name="FirstArguments">Come before those of a test.</param>
/// <param name="Variables">Come before those of a test.</param>
internal sealed record MigrateProgram(
    string File,
    IReadOnlyList<string> FirstArguments,
    IReadOnlyDictionary<string, string> Variables
)
{
    /// <summary>As it is delivered.</summary>
    public static MigrateProgram Published =>
        new(PublishedBinary.ProgramFile, [], new Dictionary<string, string>());

    /// <summary>The whole call.</summary>
    public IReadOnlyList<string> CallOf(IEnumerable<string> arguments) =>
        [File, .. FirstArguments, .. arguments];
}
