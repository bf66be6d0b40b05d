namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>
/// A promise that does not hold. Not an assertion of the test framework, which would be recorded even where a planted
/// defect is expected to break the promise.
/// </summary>
internal sealed class FaultFound(string message) : Exception(message);

/// <summary>What has to hold, else <see cref="FaultFound"/>.</summary>
internal static class Require
{
    private const int LongestShown = 4000;

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaultFound(otherwise);
        }
    }

    public static void Same(string actual, string expected, string what) =>
        That(
            actual == expected,
            $"{what} is not as it should be\n--- expected\n{Shorten(expected)}\n--- found\n{Shorten(actual)}"
        );

    private static string Shorten(string text) =>
        text.Length <= LongestShown ? text : text[..LongestShown] + " ...";
}
