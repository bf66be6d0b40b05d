using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Tests.Configuration.Values;

public sealed class NearestWordTests
{
    private static readonly string[] Keys = ["connection", "lockTimeout", "allowDown"];

    [TestCase("connection", "connection")]
    [TestCase("CONNECTION", "connection")]
    [TestCase("conection", "connection")]
    [TestCase("lock-timeout", "lockTimeout")]
    [TestCase("timeout", "lockTimeout")]
    [TestCase("alowDwon", "allowDown")]
    [TestCase("down", "allowDown")]
    public void The_word_with_the_fewest_edits_is_found(string word, string nearest)
    {
        Assert.That(NearestWord.To(word, Keys), Is.EqualTo(nearest));
    }

    [TestCase("")]
    [TestCase("foo")]
    [TestCase("backup")]
    public void A_word_that_is_near_none_finds_none(string word) =>
        Assert.That(NearestWord.To(word, Keys), Is.Null);

    [TestCase("-n", "-c")]
    [TestCase("foo", "up")]
    [TestCase("--yes", "--to")]
    public void Half_of_a_word_is_not_a_slip(string word, string candidate) =>
        Assert.That(NearestWord.To(word, [candidate]), Is.Null);

    [Test]
    public void The_first_of_several_equally_near_words_is_taken()
    {
        Assert.That(NearestWord.To("xa", ["b", "xb", "xc"]), Is.EqualTo("xb"));
    }

    /// <summary>So long that a busy machine does it in time, and one that compares each letter with each does not.</summary>
    [Test, CancelAfter(30_000)]
    public void A_very_long_word_takes_no_long_time(CancellationToken cancellation)
    {
        Assert.That(NearestWord.To(new string('x', 2_000_000), Keys), Is.Null);
        Assert.That(cancellation.IsCancellationRequested, Is.False);
    }
}
