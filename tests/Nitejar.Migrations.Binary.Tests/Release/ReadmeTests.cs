using System.Xml.Linq;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Release;

/// <summary>Blocks of README that are there to be copied do what README says.</summary>
public sealed class ReadmeTests : WorkplaceTests
{
    [Test]
    public void The_CI_step_verifies_and_leaves_its_result_alone()
    {
        Shell(BlockBehind("**A CI step**")).Exits(0);

        Assert.That(Place.Files, Is.EqualTo(new[] { "verify.xml" }));
        var suite = XDocument.Load(Place["verify.xml"]).Root!.Element("testsuite")!;
        Assert.That((string?)suite.Attribute("failures"), Is.EqualTo("0"));
        Assert.That(
            suite.Elements("testcase").Select(tried => (string?)tried.Attribute("name")),
            Does.Contain("20240501120000_GithubIntegration")
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

    private static string BlockBehind(string words)
    {
        const string fence = "```";
        var readme = File.ReadAllText(
            Path.Combine(PublishedBinary.RepositoryFolder(), "README.md")
        );
        var start = readme.IndexOf(
            fence + "sh",
            readme.IndexOf(words, StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var from = readme.IndexOf('\n', start) + 1;
        return readme[from..readme.IndexOf(fence, from, StringComparison.Ordinal)];
    }
}
