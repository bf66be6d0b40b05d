using Nitejar.Migrations.Hosting.Commands.Authoring;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests;

public sealed class CommandLineTests
{
    [TestCase("status", "--connection-file", "")]
    [TestCase("status", "--config", "")]
    [TestCase("status", "--lock-timeout", "-Infinity")]
    [TestCase("status", "--timeout=-Infinity")]
    public void A_wrong_value_is_exit_2(params string[] args)
    {
        Assert.That(Library.Host().Run(args).ExitCode, Is.EqualTo(2));
    }

    [TestCase("script up --provider oracle")]
    [TestCase("schema --format svg")]
    [TestCase("up --bogus x")]
    public void A_usage_error_is_one_sentence_on_one_line(string call)
    {
        var outcome = Library.Host().Run(call.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(outcome.Lines, Has.Length.EqualTo(3), outcome.ToString());
            Assert.That(outcome.Lines[0].TrimEnd('.'), Does.Not.Contain(". "));
        });
    }

    [Test]
    public void The_next_step_is_the_help_of_the_whole_command()
    {
        Assert.That(
            Library.Host().Run("script", "up", "--bogus").Lines[^1],
            Is.EqualTo("  next:  See `nitejar-migrate script up --help`.")
        );
    }

    [Test]
    public void An_error_of_a_script_names_the_same_command_as_its_answer()
    {
        Assert.That(
            Library.Host().Run("script", "up", "--bogus", "--json").Answer,
            Does.Contain("\"command\": \"script up\"")
        );
    }

    [Test]
    public void The_class_cannot_have_the_name_of_its_base()
    {
        Refusals.Of(() => MigrationTemplate.RequireClassName("Migration"));
    }

    [TestCase("class")]
    [TestCase("My.namespace")]
    public void A_keyword_is_no_namespace(string folder)
    {
        Assert.That(
            Encoding.UTF8.GetString(MigrationTemplate.Render("1", "AddTopics", folder)),
            Does.Contain("\nnamespace Migrations;\n")
        );
    }
}
