using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Tests.Output.Formats;

public sealed class WordsTests
{
    [TestCase(Direction.Up, "up")]
    [TestCase(Direction.Down, "down")]
    public void Directions(Direction direction, string word)
    {
        Assert.That(Words.Of(direction), Is.EqualTo(word));
    }

    [TestCase(StepState.NotRun, "not-run")]
    [TestCase(StepState.Applied, "applied")]
    [TestCase(StepState.Reverted, "reverted")]
    [TestCase(StepState.Undone, "undone")]
    [TestCase(StepState.Failed, "failed")]
    public void States_are_the_words_of_the_contract(StepState state, string word)
    {
        Assert.That(Words.Of(state), Is.EqualTo(word));
    }

    [TestCase(0, "0.0 ms")]
    [TestCase(0.04, "0.0 ms")]
    [TestCase(12.34, "12.3 ms")]
    [TestCase(999, "999.0 ms")]
    [TestCase(1_000, "1.0 s")]
    [TestCase(59_940, "59.9 s")]
    [TestCase(60_000, "1.0 min")]
    [TestCase(5_400_000, "90.0 min")]
    public void Durations_have_the_unit_that_suits_them(double milliseconds, string words)
    {
        Assert.That(Words.Of(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(words));
    }

    [TestCase(1, "1 byte")]
    [TestCase(999, "999 bytes")]
    [TestCase(86_016, "86.0 kB")]
    [TestCase(980_086_784, "980.1 MB")]
    [TestCase(1_500_000_000, "1.5 GB")]
    public void Sizes_have_the_unit_that_suits_them(long bytes, string words)
    {
        Assert.That(Words.OfBytes(bytes), Is.EqualTo(words));
    }

    [Test]
    public void Times_are_shown_to_the_second()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Words.Of(new DateTime(2025, 2, 3, 14, 5, 6, 789, DateTimeKind.Utc)),
                Is.EqualTo("2025-02-03 14:05:06")
            );
            Assert.That(Words.Of((DateTime?)null), Is.EqualTo("-"));
        });
    }
}
