namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>The helpers of the snapshots tell differences, and only those.</summary>
public sealed class SnapshotSelfTests
{
    [Test]
    public void A_difference_is_shown_with_what_is_around_it()
    {
        Assert.That(
            LineDiff.Of("a\nb\nc\nd", "a\nB\nc\nd\ne"),
            Is.EqualTo("  a\n- b\n+ B\n  c\n  d\n+ e\n")
        );
    }

    [Test]
    public void What_changes_from_run_to_run_is_replaced_and_runs_stay_apart()
    {
        const string First = "01a203df-3a8c-7b85-abb9-2821d158988c";
        const string Second = "01a203df-3a7f-767d-8259-b7dc7f1dbdd8";

        Assert.That(
            Scrubber.Clean(
                $"""
                {First} {Second} {First}
                2025-01-02 03:04:05 and 2025-01-02T03:04:05.678Z
                in 12.3 ms, 1.0 s
                "durationMs": 0.2,
                {Directory.GetCurrentDirectory()}/n.db
                """
            ),
            Is.EqualTo(
                """
                <run 1> <run 2> <run 1>
                <time> and <time>
                in <duration>, <duration>
                "durationMs": <durationMs>,
                <folder>/n.db
                """
            )
        );
    }

    [TestCase("20250101000000_Authors  1")]
    [TestCase("statement 3, line 4")]
    [TestCase("  STATE    MIGRATION               STATEMENTS  TIME")]
    public void What_is_the_same_in_every_run_stays(string text)
    {
        Assert.That(Scrubber.Clean(text), Is.EqualTo(text));
    }
}
