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

    /// <summary>A deploy, and an incident after it, where README has them: with the paths of this test's folder.</summary>
    [Test]
    public void The_deploy_script_and_the_incident()
    {
        Place.Write("connection", Place["nitejar.db"]);
        Place.Write("systemctl", "#!/bin/sh\necho \"$@\" > restarted\n");
        new Command(Programs.Require("chmod"), Place.Folder, "+x", "systemctl").Run().Exits(0);

        Shell(Here(BlockBehind("**A deploy script**"))).Exits(0);
        Assert.That(Place["restarted"], Does.Exist, "the migration came first");
        Shell(Here(BlockBehind("**An incident**"))).Exits(0);
        Shell("nitejar-migrate up -c nitejar.db").Exits(0);
        Shell(Here(BlockBehind("`--yes` allows whatever the request means"))).Exits(0);

        File.Move(
            Directory.GetFiles(Place.Folder, "*.backup").FirstOrDefault() ?? MakeBackup(),
            Place["nitejar.db.20261122T101500000Z.backup"]
        );
        Shell(Here(BlockBehind("Should that not be enough"))).Exits(0);
        Shell("nitejar-migrate status -c nitejar.db --check").Exits(0);
    }

    private string MakeBackup()
    {
        Place.Run("backup", "-c", "nitejar.db", "--to", "made").Exits(0);
        return Place["made"];
    }

    private string Here(string script) =>
        script
            .Replace("/etc/nitejar/", $"{Place.Folder}/", StringComparison.Ordinal)
            .Replace("/var/lib/nitejar/", $"{Place.Folder}/", StringComparison.Ordinal)
            .Replace("systemctl", "./systemctl", StringComparison.Ordinal);

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
