using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

public sealed partial class HelpTests : WorkplaceTests
{
    private const string Everywhere = "--help --json --no-color --quiet --verbose";
    private const string Database =
        "--config --connection --connection-file --environment --lock-timeout --ddl-lock-timeout --password-command --engine-untested --timeout --wait "
        + Everywhere;

    [TestCase("", "--version " + Everywhere)]
    [TestCase(
        "up",
        "--accept-changed --adopt --allow-breaking --allow-empty-file --allow-out-of-order --discard-archive --dry-run --no-backup --out --plan --resume --steps --tags --target-schemas --to --transaction "
            + Database
    )]
    [TestCase(
        "down",
        "--all --dry-run --no-archive --no-backup --out --plan --steps --target-schemas --to --transaction --yes "
            + Database
    )]
    [TestCase("redo", "--dry-run --no-backup --out --plan --steps --yes " + Database)]
    [TestCase("adopt", "--dry-run " + Database)]
    [TestCase("status", "--check --tags --target-schemas " + Database)]
    [TestCase("schema", "--format " + Database)]
    [TestCase("history", Database)]
    [TestCase("archive list", Database)]
    [TestCase("archive purge", "--migration --older-than --yes " + Database)]
    [TestCase("backup", "--to " + Database)]
    [TestCase("restore", "--no-backup --yes " + Database)]
    [TestCase("script up", "--from --provider --tags --to " + Everywhere)]
    [TestCase("script down", "--from --provider --tags --to " + Everywhere)]
    [TestCase("verify", "--from --junit --rows --tags " + Database)]
    [TestCase("drift", Database)]
    [TestCase("new", "--config " + Everywhere)]
    [TestCase("help", Everywhere)]
    public void Help_names_every_option(string command, string options)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var result = Place.Run([.. words, "--help"]).Exits(0);

        var listed = OptionAtStartOfLine()
            .Matches(result.Output.Split("\nExamples:")[0])
            .Select(match => match.Groups[1].Value);
        Assert.That(listed, Is.EquivalentTo(options.Split(' ')));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public void Help_names_every_command_and_exit_code()
    {
        var help = Place.Run("--help").Exits(0).Output;

        foreach (
            var command in (string[])
                [
                    "up",
                    "down",
                    "redo",
                    "adopt",
                    "status",
                    "script",
                    "schema",
                    "verify",
                    "drift",
                    "history",
                    "archive",
                    "backup",
                    "restore",
                    "new",
                    "completion",
                    "help",
                ]
        )
        {
            Assert.That(help, Does.Match($"(?m)^  {command} .*[a-z]"));
        }

        foreach (var code in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 129, 130, 143])
        {
            Assert.That(help, Does.Match($"\\b{code}\\b"));
        }
    }

    [TestCase("")]
    [TestCase("up")]
    [TestCase("archive list")]
    public void Help_of_a_command_is_that_of_its_option(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var help = Place.Run(["help", .. words]).Exits(0);

        Assert.That(help.Output, Is.EqualTo(Place.Run([.. words, "--help"]).Exits(0).Output));
    }

    [Test]
    public void Help_of_what_is_not_a_command_is_a_usage_error() =>
        Assert.That(Place.Run("help", "foo").Exits(2).Error, Does.Contain("no such command"));

    [Test]
    public void Version_is_a_number_of_three_parts()
    {
        var result = Place.Run("--version").Exits(0);

        Assert.That(result.Output, Does.Match("^[0-9]+\\.[0-9]+\\.[0-9]+"));
        Assert.That(result.Error, Is.Empty);
    }

    [GeneratedRegex("^  (?:-[^ ]+, )*(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionAtStartOfLine();
}
