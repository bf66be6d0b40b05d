using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Documentation;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>README's commands to install: the first one is this fixture's own but for the publish, the second names its file.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class InstallBlockTests
{
    [Test]
    public void They_name_the_version_and_the_package_that_is_made()
    {
        var folder = "artifacts/release";

        Assert.That(
            DocumentedBlock.Of("README.md", "build/release ").Text.Split('\n'),
            Is.EqualTo(
                new[]
                {
                    $"build/release {ReleaseFiles.Version} {folder}",
                    $"sudo dpkg -i {folder}/{Path.GetFileName(ReleaseFiles.Package)}",
                    "",
                }
            )
        );
    }
}
