using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Documentation;

namespace Nitejar.Migrations.Builds.Tests.Documentation;

/// <summary>The commands that build the program, in README and docs/start.md.</summary>
public sealed partial class FirstCommandTests : DocumentTests
{
    /// <summary>But for the second command, which is this test run's own: what it names is looked for.</summary>
    [Test]
    public void The_first_command_makes_a_database_and_says_so()
    {
        var block = DocumentedBlock.Of("README.md", "dotnet run ").Text.Split('\n');
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
        var block = DocumentedBlock.Of("docs/start.md", "dotnet publish ").Text.Split('\n');
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

    /// <summary>What README says of the first command.</summary>
    private static string Answer() =>
        FirstAnswer().Match(DocumentedBlock.Read("README.md")).Groups[1].Value;

    [GeneratedRegex("(?s)```\n(nitejar\\.db\n.*?)```")]
    private static partial Regex FirstAnswer();

    [GeneratedRegex("dotnet test (\\S+)")]
    private static partial Regex TestedSolution();

    [GeneratedRegex(@"[0-9.]+ m?s\b")]
    private static partial Regex Times();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
