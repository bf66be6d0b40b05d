namespace Nitejar.Migrations.Engine.Tests;

public sealed class SentenceTests
{
    [TestCase("Failed: no such table: t.", "Failed: no such table: t.")]
    [TestCase("Failed: single-quotes?.", "Failed: single-quotes?")]
    [TestCase("Failed: 'error'..", "Failed: 'error'.")]
    [TestCase("Too long: aaa...", "Too long: aaa...")]
    [TestCase("Failed: stop!.", "Failed: stop!")]
    public void A_message_ends_once(string message, string shown) =>
        Assert.That(new RefusedException(message, "").Message, Is.EqualTo(shown));
}
