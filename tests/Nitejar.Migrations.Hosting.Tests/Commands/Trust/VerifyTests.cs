using System.Text.Json;
using System.Xml.Linq;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Trust;

/// <summary><c>verify</c> as a person, a script and a CI server see it.</summary>
public sealed class VerifyTests
{
    private const string Wrong = "20250310000000_WrongDown";

    private readonly Host _right = Library.Host();
    private readonly Host _wrong = new(
        Library.Authors,
        Library.Books,
        Library.Shelves,
        Library.WrongDown
    );
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Migrations_that_are_right_pass_and_nothing_is_left()
    {
        var outcome = _right.Run("verify");

        LibraryFile.RequireSuccess(outcome);
        Assert.That(
            outcome.Answer,
            Does.Contain("passed  20250301000000_Shelves").And.Contain("3 of 3 migrations passed")
        );
        Assert.That(outcome.Diagnostics, Is.Empty);
        Assert.That(Directory.GetFileSystemEntries("."), Is.Empty);
    }

    [Test]
    public void A_wrong_Down_is_exit_4_with_the_migration_the_object_and_both_texts()
    {
        var outcome = _wrong.Run("verify");

        Assert.That(outcome.ExitCode, Is.EqualTo(4), outcome.ToString());
        Assert.That(outcome.Answer, Does.Contain($"failed   {Wrong}"));
        Assert.That(
            outcome.Diagnostics,
            Does.Contain($"error: 1 of 4 migrations did not pass: {Wrong}.")
                .And.Contain(
                    $"{Wrong}: shelves.idx_shelves_room, after the Down: index: was not there before"
                )
                .And.Contain("before: -")
                .And.Contain("after:  CREATE INDEX idx_shelves_room ON shelves (room)")
                .And.Contain(
                    $"{Wrong}: shelves.room, after the Down: a value has changed, of the row number = 1000001"
                )
                .And.Contain("after:  'hall'")
        );
        Assert.That(
            outcome.ToString(),
            Does.Not.Contain("migrations-scratch-"),
            "a temporary path"
        );
    }

    [Test]
    public void As_JSON()
    {
        var outcome = _wrong.Run("verify", "--json");

        using var document = JsonDocument.Parse(outcome.Answer);
        var answer = document.RootElement;
        Assert.That(
            answer.GetProperty("error").GetProperty("code").GetString(),
            Is.EqualTo("verification-failed")
        );
        var migrations = answer.GetProperty("migrations").EnumerateArray().ToArray();
        Assert.That(
            migrations.Select(m => m.GetProperty("result").GetString()),
            Is.EqualTo(new[] { "passed", "passed", "passed", "failed" })
        );
        var finding = answer.GetProperty("findings")[0];
        Assert.That(
            (
                finding.GetProperty("migration").GetString(),
                finding.GetProperty("check").GetString(),
                finding.GetProperty("object").GetString(),
                finding.GetProperty("before").GetString()
            ),
            Is.EqualTo((Wrong, "undoes", "shelves.idx_shelves_room", (string?)null))
        );
        Assert.That(
            answer
                .GetProperty("checks")
                .EnumerateArray()
                .Select(check => check.GetProperty("check").GetString()),
            Is.EqualTo(new[] { "empty", "chain", "fixed-point" })
        );
    }

    [Test]
    public void As_JUnit()
    {
        File.WriteAllText("result.xml", "an earlier one");

        var outcome = _wrong.Run("verify", "--junit", "result.xml");

        Assert.That(outcome.ExitCode, Is.EqualTo(4), outcome.ToString());
        var suite = XDocument.Load("result.xml").Root!.Element("testsuite")!;
        var cases = suite.Elements("testcase").ToDictionary(c => (string)c.Attribute("name")!);
        Assert.That((string)suite.Attribute("tests")!, Is.EqualTo($"{cases.Count}"));
        Assert.That(cases["20250301000000_Shelves"].Elements(), Is.Empty);
        var failure = cases[Wrong].Elements("failure").Single();
        Assert.That(
            (string)failure.Attribute("message")!,
            Does.Contain("shelves.idx_shelves_room")
        );
        Assert.That(failure.Value, Does.Contain("\n  after:  CREATE INDEX"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                File.GetUnixFileMode("result.xml") & UnixFileMode.UserRead,
                Is.EqualTo(UnixFileMode.UserRead)
            );
        }
    }

    [TestCase("library.db")]
    [TestCase("library.db-wal")]
    [TestCase("released.db")]
    [TestCase("/dev/null")]
    public void A_result_takes_the_place_of_no_database_and_no_device(string junit)
    {
        LibraryFile.RequireSuccess(_right.Run("up", "-c", LibraryFile.Name));
        File.Copy(LibraryFile.Name, "released.db");

        var outcome = _right.Run(
            "verify",
            "-c",
            LibraryFile.Name,
            "--from",
            "released.db",
            "--junit",
            junit
        );

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Diagnostics, Does.Contain("--junit"));
    }

    [Test]
    public void On_GitHub_each_finding_is_beside_the_file_of_its_migration()
    {
        Directory.CreateDirectory("src/Migrations");
        File.WriteAllText($"src/Migrations/{Wrong}.cs", "");
        File.WriteAllText("migrations.json", """{ "migrationsDirectory": "src/Migrations" }""");
        _wrong.Variables["GITHUB_ACTIONS"] = "true";
        _wrong.Variables["GITHUB_WORKSPACE"] = Directory.GetCurrentDirectory();

        var outcome = _wrong.Run("verify", "--json");

        Assert.That(
            outcome.Lines,
            Has.Some.StartsWith(
                $"::error file=src/Migrations/{Wrong}.cs,title=verify%3A {Wrong}::shelves.idx_shelves_room, after the Down: index: was not there before%0A  before: -%0A"
            )
        );
        Assert.That(() => JsonDocument.Parse(outcome.Answer), Throws.Nothing);
    }

    [Test]
    public void On_GitHub_a_file_outside_of_the_repository_is_not_named()
    {
        Directory.CreateDirectory("repository");
        File.WriteAllText($"{Wrong}.cs", "");
        _wrong.Variables["GITHUB_ACTIONS"] = "true";
        _wrong.Variables["GITHUB_WORKSPACE"] = Path.GetFullPath("repository");

        Assert.That(
            _wrong.Run("verify").Lines,
            Has.Some.StartsWith($"::error title=verify%3A {Wrong}::")
        );
    }

    [Test]
    public void A_named_database_is_not_touched()
    {
        LibraryFile.RequireSuccess(_right.Run("up", "-c", LibraryFile.Name));
        var before = File.ReadAllBytes(LibraryFile.Name);

        LibraryFile.RequireSuccess(_right.Run("verify", "-c", LibraryFile.Name, "--rows", "30"));

        Assert.That(File.ReadAllBytes(LibraryFile.Name), Is.EqualTo(before));
        Assert.That(Directory.GetFiles("."), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_released_schema_that_does_not_exist_is_exit_7() =>
        Assert.That(_right.Run("verify", "--from", "absent.db").ExitCode, Is.EqualTo(7));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("many")]
    [TestCase("99999999999")]
    public void A_number_of_rows_that_makes_no_sense_is_exit_2(string rows) =>
        Assert.That(_right.Run("verify", "--rows", rows).ExitCode, Is.EqualTo(2));
}
