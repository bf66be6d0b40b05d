using System.CommandLine;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Commands.Help;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Tests.Support;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Help;

/// <summary>Help is as wide as a terminal at least is, whatever shows it, and its examples are calls of the program.</summary>
public sealed class HelpTests
{
    private const int Width = 80;
    private static readonly RootCommand Root = CommandLine.BuildTree(
        new CommandContext(new Terminal(Stream.Null, Stream.Null), () => [], TestProgram.Alone),
        new OutputOptions()
    );

    private static string[] Commands => [.. Below(Root, "")];

    [TestCaseSource(nameof(Commands))]
    public void No_line_is_wider_than_a_terminal(string command)
    {
        var help = Library.Host().Run([.. Words(command), "--help"]).Answer;

        Assert.That(help.Split('\n'), Has.All.Length.LessThanOrEqualTo(Width));
    }

    [TestCaseSource(nameof(Commands))]
    public void Examples_are_calls_that_can_be_parsed(string command)
    {
        var lines = ExamplesOf(command).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        foreach (var example in lines.Where(line => !line.StartsWith('#')))
        {
            var words = example
                .Replace("source <(", "", StringComparison.Ordinal)
                .TrimEnd(')')
                .Split(" | ")[0]
                .Split(' ');
            Assert.That(words[0], Is.EqualTo(TestProgram.Alone.Name));
            var parsed = Root.Parse(words[1..]);
            Assert.That(parsed.Errors, Is.Empty, example);
            Assert.That(
                CommandPath.Of(parsed),
                command.Length == 0 ? Is.Not.Empty : Is.EqualTo(command),
                "an example is of its command"
            );
        }
    }

    [TestCaseSource(nameof(Commands))]
    public void Every_command_that_does_something_has_an_example(string command)
    {
        var isGroup = Root.Parse(Words(command)).CommandResult.Command.Subcommands.Count > 0;

        Assert.That(ExamplesOf(command), isGroup && command.Length > 0 ? Is.Empty : Is.Not.Empty);
    }

    /// <summary>What the program is called in help is what its host calls it.</summary>
    [Test]
    public void Names_are_those_of_the_host()
    {
        var program = TestProgram.Alone with
        {
            Name = "shop-migrate",
            ConnectionVariable = "SHOP_MIGRATE_CONNECTION",
            DefaultDatabase = "shop.db",
            Drivers = [SqliteDriver.Instance],
        };

        var texts = string.Concat(
            HelpTexts.EnvironmentOf(program),
            HelpTexts.DatabaseOf(program, hasDefault: true),
            Examples.Of("down", program.Name)
        );

        Assert.That(texts, Does.Contain("SHOP_MIGRATE_CONNECTION  ").And.Contain("shop.db in"));
        Assert.That(texts, Does.Contain("shop-migrate down --to"));
        Assert.That(texts, Does.Not.Contain("PGHOST").And.Not.Contain("nitejar"));
    }

    [Test]
    public void A_call_without_arguments_is_wrong_and_shows_the_help()
    {
        var outcome = Library.Host().Run();

        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.Answer, Is.Empty);
        Assert.That(
            outcome.Diagnostics.TrimEnd(),
            Is.EqualTo(Library.Host().Run("--help").Answer.TrimEnd())
        );
    }

    private static string ExamplesOf(string command) =>
        Examples.Of(command, TestProgram.Alone.Name);

    private static string[] Words(string command) =>
        command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Below(Command command, string path) =>
        command
            .Subcommands.Where(sub => !sub.Hidden)
            .SelectMany(sub => Below(sub, $"{path} {sub.Name}".TrimStart()))
            .Prepend(path);
}
