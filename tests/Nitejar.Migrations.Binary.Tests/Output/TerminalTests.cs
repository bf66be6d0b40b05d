using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

/// <summary>What is sent to a terminal beside the words.</summary>
public sealed class TerminalTests : WorkplaceTests
{
    private const char Escape = '\u001b';

    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [Test]
    public void Colours_and_nothing_else()
    {
        Place.Variables["TERM"] = "xterm";

        var output = OnTerminal("status", "-c", "x.db");

        Assert.That(output, Does.Contain($"{Escape}[32mapplied{Escape}[0m"));
        Assert.That(
            output
                .Replace($"{Escape}[32m", "")
                .Replace($"{Escape}[33m", "")
                .Replace($"{Escape}[0m", ""),
            Does.Not.Contain(Escape)
        );
    }

    [TestCase("TERM", "dumb")]
    [TestCase("NO_COLOR", "1")]
    public void No_sequence_at_all_where_none_is_wanted(string variable, string value)
    {
        Place.Variables["TERM"] = "xterm";
        Place.Variables[variable] = value;

        Assert.That(
            OnTerminal("status", "-c", "x.db"),
            Does.Contain("applied").And.Not.Contain(Escape)
        );
    }

    private string OnTerminal(params string[] arguments)
    {
        using var program = Place.StartOnTerminal(arguments);
        return program.WaitForEnd().Exits(0).Output;
    }
}
