using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

/// <summary>Streams that are closed, full or not to be written: the exit code says what became of the database.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class LostOutputTests : WorkplaceTests
{
    private const string Closed = ">&-";
    private const string AllClosed = "<&- >&- 2>&-";
    private const string NotForWriting = "1</dev/null";
    private const string Full = ">/dev/full";

    [Test]
    public void A_run_that_was_committed_succeeds(
        [Values(Closed, AllClosed, NotForWriting, Full)] string streams,
        [Values("", "--json")] string option
    )
    {
        RequireFullDevice();

        var result = InShell($"up -c x.db {option}", streams).Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo"), Is.EqualTo("2"));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
        if (streams != AllClosed)
        {
            Assert.That(
                result.Error,
                Does.StartWith("warning: The answer could not be written to stdout: ")
            );
        }
    }

    [TestCase("status -c x.db")]
    [TestCase("status -c x.db --json")]
    [TestCase("schema -c x.db --format sql")]
    [TestCase("history -c x.db")]
    [TestCase("archive list -c x.db")]
    [TestCase("script up")]
    [TestCase("up -c y.db --dry-run")]
    [TestCase("--help")]
    [TestCase("--version")]
    public void What_was_asked_for_and_is_lost_is_an_error(string arguments)
    {
        RequireFullDevice();
        Place.Run("up", "-c", "x.db").Exits(0);

        foreach (var streams in (string[])[Closed, NotForWriting, Full])
        {
            var result = InShell(arguments, streams).Exits(2);

            Assert.That(result.Error, Does.Contain("The answer could not be written to stdout"));
        }
    }

    [Test]
    public void What_was_found_out_stays_the_exit_code() =>
        InShell("status -c x.db --check", Closed).Exits(3);

    [Test]
    public void A_reader_that_has_gone_changes_nothing()
    {
        new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-c",
            // Nobody reads any more when the program begins.
            $"(sleep 1; '{PublishedBinary.ProgramFile}' up -c x.db; echo $? >code) | :"
        ).Run().Exits(0);

        Assert.That(File.ReadAllText(Place["code"]), Is.EqualTo("0\n"));
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo"), Is.EqualTo("2"));
    }

    [Test]
    public void Diagnostics_do_not_get_into_the_answer_where_stderr_is_closed()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", "INSERT INTO agent_repo_capabilities VALUES ('a', 1, '[]');");

        var result = InShell("down -c x.db --yes --json", "2>&-").Exits(0);

        using var answer = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.That(answer.RootElement.GetProperty("exitCode").GetInt32(), Is.Zero);
    }

    private CommandResult InShell(string arguments, string streams) =>
        new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-c",
            $"exec '{PublishedBinary.ProgramFile}' {arguments} {streams}"
        ).Run();

    private static void RequireFullDevice()
    {
        if (!File.Exists("/dev/full"))
        {
            NotRun.Because("this system has no /dev/full");
        }
    }
}
