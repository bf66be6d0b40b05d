using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Tests.Configuration.Values;

public sealed class DurationsTests
{
    [TestCase("500ms", 500)]
    [TestCase("30s", 30_000)]
    [TestCase("5m", 300_000)]
    [TestCase("1h", 3_600_000)]
    [TestCase("168h", 604_800_000)]
    [TestCase("30", 30_000)]
    [TestCase("0", 0)]
    [TestCase("0ms", 0)]
    [TestCase("1.5s", 1_500)]
    [TestCase(".5m", 30_000)]
    [TestCase("2.", 2_000)]
    [TestCase("007s", 7_000)]
    public void A_number_and_its_unit_is_a_duration(string text, double milliseconds)
    {
        Assert.That(Durations.Parse(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [TestCase("169h")]
    [TestCase("604801")]
    [TestCase("99999999999999999999999999999999s")]
    public void More_than_a_week_is_none(string text)
    {
        Assert.That(Durations.Parse(text), Is.Null);
    }

    [TestCaseSource(nameof(Garbage))]
    public void Anything_else_is_none(string text)
    {
        Assert.That(Durations.Parse(text), Is.Null);
    }

    /// <summary>What a pattern can tell from a duration, and what it cannot, but a week's limit.</summary>
    public static IEnumerable<string> Texts => ["500ms", "30", "1.5s", ".5m", "2.", .. Garbage];

    private static string[] Garbage =>
        [
            "",
            " ",
            "ms",
            "s",
            ".",
            "5 s",
            " 5s",
            "5s ",
            "5S",
            "5M",
            "5d",
            "5min",
            "1h30m",
            "-1s",
            "+1s",
            "1e3",
            "1,5s",
            "1_000",
            "0x10",
            "NaN",
            "Infinity",
            "٣s",
            "soon",
        ];
}
