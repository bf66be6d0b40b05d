using System.Text.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests;

/// <summary>A wrong command line is answered with one sentence and a next step; nothing else happens.</summary>
public sealed class UsageErrorTests
{
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [TestCase("--no-color", "No command was given")]
    [TestCase("script", "No command was given")]
    [TestCase("upp", "no command upp; the nearest is up")]
    [TestCase("up now", "'now'")]
    [TestCase("up --bogus", "option --bogus")]
    [TestCase("status --check=maybe", "'maybe'")]
    [TestCase("new", "'NAME'")]
    [TestCase("new A B", "'B'")]
    [TestCase("new lowerCase", "A migration's name is a class name")]
    [TestCase("up --to", "'--to'")]
    [TestCase("up --to newest", "--to wants a version such as 20240501120000.")]
    [TestCase("up --to 0", "--to wants a version such as 20240501120000.")]
    [TestCase("script up --from x", "--from wants a version such as 20240501120000.")]
    [TestCase("up --accept-changed x", "--accept-changed wants a version such as 20240501120000.")]
    [TestCase("up --steps", "'--steps'")]
    [TestCase("up --steps 0", "--steps wants a number of migrations, at least 1.")]
    [TestCase("up --steps -1", "--steps wants a number of migrations, at least 1.")]
    [TestCase("down --steps 1.5", "--steps wants a number of migrations, at least 1.")]
    [TestCase("redo --steps 99999999999", "--steps wants a number of migrations, at least 1.")]
    [TestCase("up --steps 1 --steps 2", "'--steps'")]
    [TestCase("up --lock-timeout", "'--lock-timeout'")]
    [TestCase("up --lock-timeout soon", "--lock-timeout is not a duration. ")]
    [TestCase("status --timeout 8d", "--timeout is not a duration. ")]
    [TestCase("up -c", "'-c'")]
    [TestCase("up -c a -c b", "'-c'")]
    [TestCase("up -c postgres:c4n4ry", "without //")]
    [TestCase("up --connection-file absent", "cannot be read")]
    [TestCase("up --config absent.json", "cannot be read")]
    [TestCase("up -e live", "needs a migrations.json")]
    public void The_exit_code_is_2_and_stderr_says_what_and_what_next(string call, string problem)
    {
        var outcome = Library.Host().Run(Split(call));

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
            Assert.That(outcome.Answer, Is.Empty);
            Assert.That(outcome.Lines, Has.Length.EqualTo(3), outcome.ToString());
            Assert.That(outcome.Lines[0], Does.StartWith("error: ").And.EndsWith("."));
            Assert.That(outcome.Lines[0], Does.Contain(problem));
            Assert.That(outcome.Lines[1], Is.EqualTo("  state: No database was touched."));
            Assert.That(outcome.Lines[2], Does.Match(@"^  next:  \S.*\.$"));
            Assert.That(outcome.Diagnostics, Does.Not.Contain("c4n4ry"));
            Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
        });
    }

    [TestCase("up --to 20250101000000 --steps 1", "--to and --steps exclude each other.")]
    [TestCase("down --to 20250101000000 --steps 1", "--to and --steps exclude each other.")]
    [TestCase("down --to 20250101000000 --all", "--to and --all exclude each other.")]
    [TestCase("down --all --steps 1", "--steps and --all exclude each other.")]
    public void Options_that_mean_different_things_exclude_each_other(string call, string problem)
    {
        var outcome = Library.Host().Run(Split(call));

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(outcome.Lines[0], Is.EqualTo("error: " + problem));
        });
    }

    [TestCase("--no-color", "nitejar-migrate --help")]
    [TestCase("upp", "nitejar-migrate --help")]
    [TestCase("up --bogus", "nitejar-migrate up --help")]
    [TestCase("script", "nitejar-migrate script --help")]
    public void The_next_step_is_the_help_of_the_command(string call, string help)
    {
        Assert.That(
            Library.Host().Run(Split(call)).Lines[^1],
            Is.EqualTo($"  next:  See `{help}`.")
        );
    }

    [Test]
    public void With_json_the_answer_is_one_document()
    {
        var outcome = Library.Host().Run("up", "--bogus", "--json");

        var answer = JsonElement.Parse(outcome.Answer);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(answer.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(2));
            Assert.That(answer.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
            Assert.That(
                answer.GetProperty("error").GetProperty("message").GetString(),
                Does.Contain("option --bogus")
            );
        });
    }

    [Test]
    public void An_argument_that_starts_with_an_at_sign_is_no_response_file()
    {
        _folder.Write("arguments", "--dry-run\n");

        var unknown = Library.Host().Run("up", "@arguments");
        var database = Library.Host().Run("up", "-c", "@arguments.db");

        Assert.Multiple(() =>
        {
            Assert.That(unknown.ExitCode, Is.EqualTo(2));
            Assert.That(unknown.Lines[0], Does.Contain("argument that up does not take"));
            Assert.That(database.ExitCode, Is.Zero, database.ToString());
            Assert.That(_folder["@arguments.db"], Does.Exist);
        });
    }

    [Test]
    public void A_stack_trace_appears_with_verbose_only()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Library.Host().Run("up", "-e", "x").Diagnostics,
                Does.Not.Contain("   at ")
            );
            Assert.That(
                Library.Host().Run("up", "-e", "x", "-v").Diagnostics,
                Does.Contain("   at ")
            );
        });
    }

    private static string[] Split(string call) =>
        call.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
