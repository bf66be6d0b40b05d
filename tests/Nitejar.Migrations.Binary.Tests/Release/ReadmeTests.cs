using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Release;

/// <summary>Every block of README that is there to be copied is run, and does what README says.</summary>
public sealed partial class ReadmeTests : WorkplaceTests
{
    /// <summary>How each block begins, and what runs it.</summary>
    private static readonly Dictionary<string, string> Tested = new()
    {
        ["dotnet run "] = nameof(The_first_command_makes_a_database_and_says_so),
        ["dotnet publish "] = nameof(The_published_program_is_where_the_next_command_looks),
        ["set -e"] = nameof(A_deploy_and_a_night_after_it),
        ["nitejar-migrate status "] = nameof(A_deploy_and_a_night_after_it),
        ["nitejar-migrate down "] = nameof(A_deploy_and_a_night_after_it),
        ["nitejar-migrate restore "] = nameof(A_deploy_and_a_night_after_it),
        ["nitejar-migrate adopt "] = nameof(A_database_of_another_tool_is_taken_over),
        ["nitejar-migrate verify "] = nameof(The_CI_step_verifies_and_leaves_its_result_alone),
        ["nitejar-migrate new "] = nameof(A_new_migration_is_where_README_says),
    };

    private static string Readme =>
        File.ReadAllText(Path.Combine(PublishedBinary.RepositoryFolder(), "README.md"));

    [Test]
    public void Every_block_is_run_by_a_test() =>
        Assert.That(
            ShellBlocks()
                .Matches(Readme)
                .Select(block =>
                    Tested.Keys.SingleOrDefault(
                        start => block.Groups[1].Value.StartsWith(start, StringComparison.Ordinal),
                        block.Value
                    )
                ),
            Is.EquivalentTo(Tested.Keys)
        );

    /// <summary>But for the second command, which is this test run's own: what it names is looked for.</summary>
    [Test]
    public void The_first_command_makes_a_database_and_says_so()
    {
        var block = Block("dotnet run ").Split('\n');
        var run = new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-ec",
            block[0].Replace("src/", $"{PublishedBinary.RepositoryFolder()}/src/")
        )
        {
            InheritsEnvironment = true,
            Timeout = TimeSpan.FromMinutes(10),
        }.Run();

        Assert.That(Shape(run.Exits(0).Output), Is.EqualTo(Shape(Answer())));
        Assert.That(Place["nitejar.db"], Does.Exist);
        var solution = TestedSolution().Match(block[1]).Groups[1].Value;
        Assert.That(Path.Combine(PublishedBinary.RepositoryFolder(), solution), Does.Exist);

        // Times and widths differ from run to run.
        static string Shape(string text) =>
            Blanks().Replace(Times().Replace(text.Trim(), "TIME"), " ");
    }

    [Test]
    public void The_published_program_is_where_the_next_command_looks()
    {
        var block = Block("dotnet publish ").Split('\n');
        Assert.That(
            block[0],
            Is.EqualTo("dotnet publish src/Nitejar.Migrations.Cli -c Release -o artifacts/publish"),
            "how the program under test was published"
        );
        Directory.CreateDirectory(Place["artifacts"]);
        Directory.CreateSymbolicLink(
            Place["artifacts/publish"],
            Path.GetDirectoryName(PublishedBinary.ProgramFile)!
        );

        Assert.That(Shell(block[1]).Exits(0).Output, Does.Contain("2 pending"));
    }

    [Test]
    public void The_CI_step_verifies_and_leaves_its_result_alone()
    {
        Shell(Block("nitejar-migrate verify ")).Exits(0);

        Assert.That(Place.Files, Is.EqualTo(new[] { "verify.xml" }));
        var suite = XDocument.Load(Place["verify.xml"]).Root!.Element("testsuite")!;
        Assert.That((string?)suite.Attribute("failures"), Is.EqualTo("0"));
        Assert.That(
            suite.Elements("testcase").Select(tried => (string?)tried.Attribute("name")),
            Does.Contain("20240501120000_GithubIntegration")
        );
    }

    /// <summary>The blocks in the order of a bad week, with the paths of this test's folder.</summary>
    [Test]
    public void A_deploy_and_a_night_after_it()
    {
        Place.Write("connection", Place["nitejar.db"]);
        Place.Write("systemctl", "#!/bin/sh\necho \"$@\" > restarted\n");
        new Command(Programs.Require("chmod"), Place.Folder, "+x", "systemctl").Run().Exits(0);

        Shell(Block("set -e")).Exits(0);
        Assert.That(Place["restarted"], Does.Exist, "the migration came first");
        Shell(Block("nitejar-migrate status ")).Exits(0);
        Shell("nitejar-migrate up -c nitejar.db").Exits(0);
        Place.Sqlite("nitejar.db", "INSERT INTO agents (id, name) VALUES ('a', 'Ada');");
        Shell(Block("nitejar-migrate down ")).Exits(0);

        File.Move(
            Directory.GetFiles(Place.Folder, "*.backup").Single(),
            Place["nitejar.db.20261122T101500000Z.backup"]
        );
        Place.Sqlite("nitejar.db", "DELETE FROM agents;");
        Shell(Block("nitejar-migrate restore ")).Exits(0);
        Shell("nitejar-migrate status -c nitejar.db --check").Exits(0);
        Assert.That(Place.Sqlite("nitejar.db", "SELECT name FROM agents;"), Is.EqualTo("Ada"));
    }

    [Test]
    public void A_database_of_another_tool_is_taken_over()
    {
        Place.Run("up", "-c", "nitejar.db").Exits(0);
        Place.Sqlite("nitejar.db", "DROP TABLE VersionInfo; DROP TABLE VersionJournal;");
        Place.Run("up", "-c", "nitejar.db").Exits(6);

        Shell(Block("nitejar-migrate adopt ")).Exits(0);

        Assert.That(Place.Run("status", "-c", "nitejar.db").Output, Does.Contain("adopted"));
    }

    [Test]
    public void A_new_migration_is_where_README_says()
    {
        Place.Write("migrations.json", """{ "migrationsDirectory": "src/Nitejar.Migrations" }""");
        Directory.CreateDirectory(Place["src/Nitejar.Migrations"]);

        Shell(Block("nitejar-migrate new ")).Exits(0);

        Assert.That(
            Directory.GetFiles(Place["src/Nitejar.Migrations"], "*_AddRepoTopics.cs"),
            Has.Length.EqualTo(1)
        );
    }

    private CommandResult Shell(string script) =>
        new Command(Programs.Require("sh"), Place.Folder, "-ec", script)
        {
            Variables = new Dictionary<string, string>
            {
                ["PATH"] =
                    $"{Path.GetDirectoryName(PublishedBinary.ProgramFile)}:{Environment.GetEnvironmentVariable("PATH")}",
            },
        }.Run();

    /// <summary>The block that begins so, where this test is.</summary>
    private string Block(string start) =>
        ShellBlocks()
            .Matches(Readme)
            .Select(block => block.Groups[1].Value)
            .Single(block => block.StartsWith(start, StringComparison.Ordinal))
            .Replace("/etc/nitejar/", $"{Place.Folder}/", StringComparison.Ordinal)
            .Replace("/var/lib/nitejar/", $"{Place.Folder}/", StringComparison.Ordinal)
            .Replace("systemctl", "./systemctl", StringComparison.Ordinal);

    /// <summary>What README says of the first command.</summary>
    private static string Answer() => FirstAnswer().Match(Readme).Groups[1].Value;

    [GeneratedRegex("(?s)```sh\n(.*?)```")]
    private static partial Regex ShellBlocks();

    [GeneratedRegex("(?s)```\n(nitejar\\.db\n.*?)```")]
    private static partial Regex FirstAnswer();

    [GeneratedRegex("dotnet test (\\S+)")]
    private static partial Regex TestedSolution();

    [GeneratedRegex(@"[0-9.]+ m?s\b")]
    private static partial Regex Times();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
