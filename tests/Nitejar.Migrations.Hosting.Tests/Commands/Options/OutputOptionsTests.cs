using System.Text.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Options;

/// <summary>What goes where, with each of the options about output.</summary>
public sealed class OutputOptionsTests
{
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [TestCase("up")]
    [TestCase("status")]
    [TestCase("history")]
    public void Quiet_silences_the_answer_for_people(string command)
    {
        Assert.That(
            Library.Host().Run(command, "-q").ToString(),
            Is.EqualTo("exit 0\n--- stdout\n--- stderr\n")
        );
    }

    [TestCase("up --dry-run")]
    [TestCase("script up")]
    [TestCase("schema")]
    [TestCase("status --json")]
    public void Quiet_does_not_silence_what_was_asked_for(string call)
    {
        Assert.That(Library.Host().Run([.. call.Split(' '), "--quiet"]).Answer, Is.Not.Empty);
    }

    [Test]
    public void Quiet_does_not_silence_errors()
    {
        var outcome = Library.Host().Run("up", "--quiet", "-e", "live");

        Assert.That(outcome.Lines[0], Does.StartWith("error: "));
    }

    [Test]
    public void Verbose_shows_the_sql_on_stderr_and_leaves_the_answer_alone()
    {
        var outcome = Library.Host().Run("up", "--verbose", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(
                outcome.Diagnostics,
                Does.Contain("-- 20250101000000_Authors up\nCREATE TABLE")
            );
            Assert.That(() => JsonElement.Parse(outcome.Answer), Throws.Nothing);
        });
    }

    [TestCase("up")]
    [TestCase("up --dry-run")]
    [TestCase("down")]
    [TestCase("down --dry-run")]
    [TestCase("redo")]
    [TestCase("status")]
    [TestCase("history")]
    [TestCase("schema")]
    [TestCase("schema --format table")]
    [TestCase("script up")]
    [TestCase("script down")]
    [TestCase("new AddTopics")]
    [TestCase("up --to 20990101000000")]
    [TestCase("status --connection :memory:")]
    public void With_json_every_command_answers_with_one_document(string call)
    {
        var before = new Host(Library.Authors, Library.Books).Run("up");
        Assert.That(before.ExitCode, Is.Zero, before.ToString());

        var outcome = Library.Host().Run([.. call.Split(' '), "--json"]);

        var answer = JsonElement.Parse(outcome.Answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(2));
            Assert.That(outcome.Answer, Does.EndWith("}\n"));
            if (answer.TryGetProperty("exitCode", out var code))
            {
                Assert.That(code.GetInt32(), Is.EqualTo(outcome.ExitCode));
            }
        });
    }

    [Test]
    public void A_warning_about_a_password_is_on_stderr_and_does_not_show_it()
    {
        _folder.Write(
            "migrations.json",
            """{ "environments": { "old": { "connection": "Host=h;Password=c4n4ry" } } }"""
        );

        var outcome = Library.Host().Run("status");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero);
            Assert.That(
                outcome.Diagnostics,
                Is.EqualTo(
                    "warning: migrations.json: the connection of environment old holds a literal secret; write ${VARIABLE} instead.\n"
                )
            );
            Assert.That(outcome.Answer, Does.Not.Contain("c4n4ry"));
        });
    }
}
