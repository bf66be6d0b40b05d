using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>A release is what anybody makes of the same commit.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class ReproducibleTests
{
    [Test]
    public void Two_builds_are_the_same_byte_for_byte()
    {
        var hashes = HashesOf(ReleaseFiles.Folder);

        Assert.That(HashesOf(ReleaseFiles.Again), Is.EqualTo(hashes));
        Assert.That(hashes, Has.Count.EqualTo(4), string.Join(", ", hashes.Keys));
    }

    [TestCase("0.0.9", "Directory.Build.props has version")]
    [TestCase("v0.0.9", "there is no tag v0.0.9")]
    public void A_version_that_is_not_that_of_the_sources_is_refused(string version, string reason)
    {
        using var folder = new TemporaryFolder();

        var refused = ReleaseFiles.Script(version, folder["out"]).Run().Exits(2);

        Assert.That(refused.Error, Does.Contain(reason));
        Assert.That(Directory.EnumerateFileSystemEntries(folder["out"]), Is.Empty);
    }

    private static SortedDictionary<string, string> HashesOf(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder)
                .ToDictionary(
                    file => Path.GetFileName(file),
                    file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))
                ),
            StringComparer.Ordinal
        );
}
