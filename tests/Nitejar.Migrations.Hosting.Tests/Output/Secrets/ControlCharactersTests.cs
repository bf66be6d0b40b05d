using Nitejar.Migrations.Hosting.Output.Secrets;

namespace Nitejar.Migrations.Hosting.Tests.Output.Secrets;

public sealed class ControlCharactersTests
{
    [TestCase("plain\ttext\n", "plain\ttext\n")]
    [TestCase("é 漢 😀\n", "é 漢 😀\n")]
    [TestCase("a\r\nb\rc", "a\nb?c")]
    [TestCase("\u001b]0;title\a", "?]0;title?")]
    [TestCase("\u009b2J\u007f\0", "?2J??")]
    [TestCase("\u202egnp.exe\u2066", "?gnp.exe?")]
    [TestCase("\u001b[31mred\u001b[0m", "?[31mred?[0m")]
    public void What_steers_a_terminal_is_replaced(string text, string expected)
    {
        Assert.That(ControlCharacters.Replace(text, keepColors: false), Is.EqualTo(expected));
    }

    [TestCase("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m")]
    [TestCase("\u001b[2Jm", "?[2Jm")]
    [TestCase("\u001b[31", "?[31")]
    [TestCase("\u001b[;m", "?[;m")]
    [TestCase("\u001b[m", "?[m")]
    [TestCase("\u001b", "?")]
    public void Colours_may_stay(string text, string expected)
    {
        Assert.That(ControlCharacters.Replace(text, keepColors: true), Is.EqualTo(expected));
    }
}
