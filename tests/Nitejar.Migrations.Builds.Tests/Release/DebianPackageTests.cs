using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>The package is installed by dpkg in an empty root, used there, and removed.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class DebianPackageTests : WorkplaceTests
{
    private static readonly string[] Files =
    [
        "usr/bin/nitejar-migrate",
        "usr/share/bash-completion/completions/nitejar-migrate",
        "usr/share/doc/nitejar-migrate/changelog.Debian.gz",
        "usr/share/doc/nitejar-migrate/changelog.gz",
        "usr/share/doc/nitejar-migrate/copyright",
        "usr/share/fish/vendor_completions.d/nitejar-migrate.fish",
        "usr/share/man/man1/nitejar-migrate.1.gz",
        "usr/share/zsh/vendor-completions/_nitejar-migrate",
    ];

    [Test]
    public void It_is_installed_used_and_removed_without_a_trace()
    {
        var root = new DebianRoot(Place);
        var before = root.Entries;

        root.Dpkg("--install", ReleaseFiles.Package);
        Assert.That(root.Entries, Is.SupersetOf(Files));
        root.Use("/usr/bin/nitejar-migrate", "up", "-c", "/data/x.db");
        var status = root.Use("/usr/bin/nitejar-migrate", "status", "--check", "-c", "/data/x.db");
        Assert.That(status.Output, Does.Contain("20240101000000_CoreTables"));

        root.Dpkg("--purge", "nitejar-migrate");
        Assert.That(
            root.Entries,
            Is.EqualTo(before.Append("data/x.db").Order(StringComparer.Ordinal))
        );
    }

    [Test]
    public void It_needs_what_the_program_is_linked_to()
    {
        var depends = Run("dpkg-deb", "--field", ReleaseFiles.Package, "Depends").Output;

        Assert.That(depends, Does.Match(@"^libc6 \(>= 2\.\d+\)$"), "of Debian 12 at most");
    }

    [Test]
    public void Its_completions_are_those_that_the_program_prints(
        [Values("bash", "zsh", "fish")] string shell
    )
    {
        Run("dpkg-deb", "--extract", ReleaseFiles.Package, "x");

        var file = Files.Single(file =>
            file.StartsWith($"usr/share/{shell}", StringComparison.Ordinal)
        );

        Assert.That(
            File.ReadAllText(Place[$"x/{file}"]),
            Is.EqualTo(Place.Run("completion", shell).Exits(0).Output)
        );
    }

    private CommandResult Run(string program, params string[] arguments) =>
        new Command(Programs.Require(program), Place.Folder, arguments)
        {
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string> { ["LC_ALL"] = "C" },
        }
            .Run()
            .Exits(0);
}
