namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>
/// A promise that does not hold. Not an assertion of the test framework, which would be recorded even where a planted
/// defect is expected to break the promise.
/// </summary>
internal sealed class FaultFound(string message) : Exception(message);

/// <summary>What has to hold, else <see cref="FaultFound"/>.</summary>
internal static class Require
{
    private const int LongestLine = 160;
    private const int MostLines = 8;

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaultFound(otherwise);
        }
    }

    /// <summary>Says in which lines two texts differ.</summary>
    public static void Same(string actual, string expected, string what)
    {
        if (actual != expected)
        {
            throw new FaultFound(
                $"{what} is not as it should be{OnlyIn(expected, actual, "missing")}{OnlyIn(actual, expected, "not expected")}"
            );
        }
    }

    private static string OnlyIn(string text, string other, string label)
    {
        var others = other.Split('\n').ToHashSet();
        var lines = text.Split('\n').Where(line => !others.Contains(line)).Take(MostLines);
        return string.Concat(
            lines.Select(line =>
                $"\n  {label}: {(line.Length > LongestLine ? line[..LongestLine] + " ..." : line)}"
            )
        );
    }
}
