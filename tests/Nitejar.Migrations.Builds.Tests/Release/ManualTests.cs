using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>The page for man, which is made of the help of every command.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed partial class ManualTests : WorkplaceTests
{
    [Test]
    public void Mandoc_has_no_warning()
    {
        var found = Mandoc("-Tlint", "-Wwarning");

        Assert.That(found.Output, Is.Empty);
        Assert.That(found.ExitCode, Is.Zero);
    }

    [Test]
    public void It_names_every_command_and_option_of_the_help()
    {
        var page = Read();

        foreach (var command in (string[])["up", "archive purge", "restore", "completion zsh"])
        {
            Assert.That(page, Does.Match($"(?m)^   {command}\\b"));
            foreach (var option in OptionsOf(Place.Run([.. command.Split(' '), "--help"]).Output))
            {
                Assert.That(page, Does.Contain(option), $"{command} {option}");
            }
        }
    }

    [Test]
    public void It_has_the_day_of_the_build_and_the_version() =>
        Assert.That(
            File.ReadAllText(Page()),
            Does.StartWith(
                $".TH NITEJAR\\-MIGRATE 1 \"2026-09-21\" \"nitejar\\-migrate {Place.Run("--version").Output.Trim()}\""
            )
        );

    private string Page()
    {
        new Command(
            Programs.Require("tar"),
            Place.Folder,
            "-xf",
            ReleaseFiles.Archive,
            "--strip-components=1"
        )
        {
            InheritsEnvironment = true,
        }
            .Run()
            .Exits(0);
        return Place["nitejar-migrate.1"];
    }

    /// <summary>As a reader sees it: what is bold or underlined is written twice.</summary>
    private string Read() =>
        Overstruck().Replace(Mandoc("-Tascii", "-Owidth=200").Exits(0).Output, "");

    private CommandResult Mandoc(params string[] options) =>
        new Command(Programs.Require("mandoc"), Place.Folder, [.. options, Page()]).Run();

    private static IEnumerable<string> OptionsOf(string help) =>
        help.Split(' ', '\n', ',').Where(word => word.StartsWith("--", StringComparison.Ordinal));

    [GeneratedRegex(".\b")]
    private static partial Regex Overstruck();
}
