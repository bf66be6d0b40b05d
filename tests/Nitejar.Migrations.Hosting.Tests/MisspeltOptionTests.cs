using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests;

public sealed class MisspeltOptionTests
{
    [TestCase("up --stesp 3", "There is no option --stesp; the nearest is --steps.")]
    [TestCase("status --chekc", "There is no option --chekc; the nearest is --check.")]
    [TestCase("down --jsno", "There is no option --jsno; the nearest is --json.")]
    [TestCase("status -C x.db", "There is no option -C; the nearest is -c.")]
    [TestCase("--verison", "There is no option --verison; the nearest is --version.")]
    [TestCase("script up --form 1", "There is no option --form; the nearest is --from.")]
    public void The_nearest_is_named(string arguments, string message)
    {
        var outcome = new Host().Run(arguments.Split(' '));

        Assert.That(outcome.ExitCode, Is.EqualTo(2), $"{outcome}");
        Assert.That(outcome.Lines[0], Is.EqualTo($"error: {message}"));
    }

    /// <summary>A guess that is far off invites a wrong command.</summary>
    [TestCase("up --yes", "There is no option --yes here; it belongs to down, redo, restore.")]
    [TestCase("down -n", "There is no option -n.")]
    [TestCase("down --n", "There is no option --n.")]
    [TestCase("status --frobnicate", "There is no option --frobnicate.")]
    public void One_that_is_near_nothing_gets_no_guess(string arguments, string message)
    {
        var outcome = new Host().Run(arguments.Split(' '));

        Assert.That(outcome.ExitCode, Is.EqualTo(2), $"{outcome}");
        Assert.That(outcome.Lines[0], Is.EqualTo($"error: {message}"));
    }

    [TestCase("-c x.db status")]
    [TestCase("-c x.db")]
    public void One_before_the_command_is_said_to_be_there(string arguments)
    {
        var outcome = new Host().Run(arguments.Split(' '));

        Assert.That(outcome.ExitCode, Is.EqualTo(2), $"{outcome}");
        Assert.That(outcome.Lines[0], Is.EqualTo("error: -c has to stand after the command."));
    }

    [Test]
    public void Its_value_is_not_repeated()
    {
        var outcome = new Host().Run("up", "--conection=postgres://ada:canary@host/db");

        Assert.That(
            outcome.Lines[0],
            Is.EqualTo("error: There is no option --conection; the nearest is --connection.")
        );
    }

    [TestCase(
        "up --password:c4n4ry",
        "There is no option --password; the nearest is --password-command."
    )]
    [TestCase("up -pc4n4ry", "There is no option -p.")]
    [TestCase("up --c4n4ry", "There is no option of that name.")]
    [TestCase("up c4n4ry", "There is an argument that up does not take.")]
    [TestCase("c4n4ry", "There is no command of that name; there are up, down, ")]
    [TestCase("script up --provider c4n4ry", "--provider knows sqlite, postgres.")]
    public void What_could_be_a_secret_is_not_repeated(string arguments, string message)
    {
        var outcome = new Host().Run(arguments.Split(' '));

        Assert.That(outcome.Lines[0], Does.StartWith($"error: {message}"));
        Assert.That($"{outcome}", Does.Not.Contain("c4n4ry"));
    }

    [TestCase("up more", "Unrecognized command or argument 'more'.")]
    [TestCase("stats", "There is no command stats; the nearest is status.")]
    [TestCase("foo", "There is no command foo; there are up, down, ")]
    public void What_is_no_option_is_not_called_one(string arguments, string message)
    {
        var outcome = new Host().Run(arguments.Split(' '));

        Assert.That(outcome.Lines[0], Does.StartWith($"error: {message}"));
    }
}
