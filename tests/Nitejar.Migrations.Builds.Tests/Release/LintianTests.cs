using System.Runtime.Versioning;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>Lintian needs too many packages for a test; that a release is not made without it is one.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class LintianTests
{
    [Test]
    public void A_release_from_a_tag_is_refused_without_lintian()
    {
        using var folder = new TemporaryFolder();
        var repository = Directory.CreateDirectory(folder["repository"]).FullName;
        WriteSources(repository);
        var path = ToolsWithoutLintian(Directory.CreateDirectory(folder["bin"]).FullName);

        var refused = Bash(repository, path, "build/release v1.2.3 out").Exits(2);

        Assert.That(refused.Error, Does.Contain("lintian, which is not installed"));
        Assert.That(Directory.EnumerateFileSystemEntries($"{repository}/out"), Is.Empty);
    }

    private static void WriteSources(string repository)
    {
        Directory.CreateDirectory($"{repository}/build");
        File.Copy(
            Path.Combine(PublishedBinary.RepositoryFolder(), "build", "release"),
            $"{repository}/build/release"
        );
        File.WriteAllText($"{repository}/CHANGELOG.md", "## [1.2.3]\n");
        File.WriteAllText($"{repository}/Directory.Build.props", "<Version>1.2.3</Version>\n");
        var path = Environment.GetEnvironmentVariable("PATH")!;
        const string commit =
            "git init -q . && git add . && git -c user.name=a -c user.email=a@b.c commit -qm 1 && git tag v1.2.3";
        Bash(repository, path, commit).Exits(0);
    }

    private static string ToolsWithoutLintian(string folder)
    {
        foreach (var tool in Directory.EnumerateFiles("/usr/bin"))
        {
            if (Path.GetFileName(tool) != "lintian")
            {
                File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(tool)), tool);
            }
        }

        return folder;
    }

    private static CommandResult Bash(string folder, string path, string script) =>
        new Command(Programs.Require("bash"), folder, "-c", script)
        {
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string> { ["PATH"] = path },
        }.Run();
}
