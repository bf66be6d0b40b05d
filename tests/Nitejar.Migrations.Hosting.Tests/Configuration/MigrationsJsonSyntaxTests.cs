using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>What is no JSON at all is told with its place too.</summary>
public sealed class MigrationsJsonSyntaxTests
{
    [TestCase("", 1)]
    [TestCase("\n\n  ", 3)]
    [TestCase("{", 1)]
    [TestCase("{\n\"$schema\":", 2)]
    [TestCase("{\"$schema\": \"a\",\n}", 2)]
    [TestCase("{\n// where\n}", 2)]
    [TestCase("{ /* where */ }", 1)]
    [TestCase("{}\n{}", 2)]
    [TestCase("{}]", 1)]
    [TestCase("{} x", 1)]
    [TestCase("{'a': 1}", 1)]
    [TestCase("{\"$schema\": \"a\tb\"}", 1)]
    [TestCase("{\"$schema\": \"\\x\"}", 1)]
    [TestCase("{\"$schema\": \"a\nb\"}", 1)]
    [TestCase("{\"environments\":{\"a\":{\"allowDown\":True}}}", 1)]
    [TestCase("connection=n.db", 1)]
    public void What_is_no_json_is_told_with_its_line(string text, int line)
    {
        Assert.That(
            ErrorOf(text),
            Does.Match($@"^m\.json, line {line}, column \d+: not valid JSON\.$")
        );
    }

    [Test]
    public void A_file_cut_off_anywhere_is_told_with_a_place()
    {
        var whole = MigrationsJsonReaderTests.Full.Trim();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(
                ErrorOf(whole[..length]),
                Does.Match(@"^m\.json, line \d+, column \d+: not valid JSON\.$"),
                $"cut off after {length} characters"
            );
        }
    }

    [TestCase("[")]
    [TestCase("{\"environments\":")]
    [TestCase("{\"environments\":{\"a\":")]
    [TestCase("{\"$schema\":[")]
    public void Deep_nesting_is_told_with_a_place(string start)
    {
        Assert.That(
            ErrorOf(string.Concat(Enumerable.Repeat(start, 20_000))),
            Does.Match(@"^m\.json, line 1, column \d+: ")
        );
    }

    private static string ErrorOf(string text) =>
        Refusals
            .Of(() => new MigrationsJsonReader("m.json", Encoding.UTF8.GetBytes(text)).Read())
            .Message;
}
