using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Builds.Tests.Release;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class ArchiveTests : WorkplaceTests
{
    [Test]
    public void Everything_belongs_to_root_and_may_be_read_by_all()
    {
        var listed = Run("tar", "--numeric-owner", "-tvf", ReleaseFiles.Archive)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(
                words => words[^1][(words[^1].IndexOf('/') + 1)..],
                words => $"{words[0]} {words[1]}"
            );

        Assert.That(
            listed,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    [""] = "drwxr-xr-x 0/0",
                    ["CHANGELOG.md"] = "-rw-r--r-- 0/0",
                    ["LICENSE"] = "-rw-r--r-- 0/0",
                    ["NOTICE"] = "-rw-r--r-- 0/0",
                    ["README.md"] = "-rw-r--r-- 0/0",
                    ["completions/"] = "drwxr-xr-x 0/0",
                    ["completions/_nitejar-migrate"] = "-rw-r--r-- 0/0",
                    ["completions/nitejar-migrate.bash"] = "-rw-r--r-- 0/0",
                    ["completions/nitejar-migrate.fish"] = "-rw-r--r-- 0/0",
                    ["libe_sqlite3.so"] = "-rw-r--r-- 0/0",
                    ["nitejar-migrate"] = "-rwxr-xr-x 0/0",
                    ["nitejar-migrate.1"] = "-rw-r--r-- 0/0",
                }
            )
        );
    }

    [Test]
    public void The_program_runs_where_the_archive_is_unpacked()
    {
        Run("tar", "-xf", ReleaseFiles.Archive);
        var program = Path.Combine(
            Directory.GetDirectories(Place.Folder).Single(),
            "nitejar-migrate"
        );

        new Command(program, Place.Folder, "up", "-c", "x.db").Run().Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("2"));
    }

    [Test]
    public void Checksums_are_of_every_other_file()
    {
        new Command(
            Programs.Require("sha256sum"),
            ReleaseFiles.Folder,
            "--check",
            "--strict",
            "SHA256SUMS"
        )
            .Run()
            .Exits(0);

        Assert.That(
            File.ReadLines(Path.Combine(ReleaseFiles.Folder, "SHA256SUMS"))
                .Select(line => line.Split("  ")[1])
                .Append("SHA256SUMS"),
            Is.EquivalentTo(Directory.EnumerateFiles(ReleaseFiles.Folder).Select(Path.GetFileName))
        );
    }

    private CommandResult Run(string program, params string[] arguments) =>
        new Command(Programs.Require(program), Place.Folder, arguments)
        {
            InheritsEnvironment = true,
        }
            .Run()
            .Exits(0);
}
