using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Tests.Configuration.Values;

public sealed class AgesTests
{
    [TestCase("30d", 30 * 24)]
    [TestCase("0.5d", 12)]
    [TestCase("36500d", 36_500 * 24)]
    [TestCase("720h", 720)]
    [TestCase("60m", 1)]
    public void Archives_grow_older_than_a_wait(string text, double hours)
    {
        Assert.That(Durations.ParseAge(text), Is.EqualTo(TimeSpan.FromHours(hours)));
    }

    [TestCase("36501d")]
    [TestCase("d")]
    [TestCase("-1d")]
    [TestCase("5hd")]
    [TestCase("5D")]
    [TestCase("1e3d")]
    public void Anything_else_is_none(string text)
    {
        Assert.That(Durations.ParseAge(text), Is.Null);
    }

    [Test]
    public void Nobody_waits_for_days()
    {
        Assert.That(Durations.Parse("5d"), Is.Null);
    }
}
