using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>Who made what the program consists of is in the package's file about copyright, which the archive has as NOTICE.</summary>
public sealed partial class NoticeTests
{
    private static string Repository => PublishedBinary.RepositoryFolder();

    [Test]
    public void Every_package_in_the_program_is_named()
    {
        var known = Names()
            .Matches(File.ReadAllText(Path.Combine(Repository, "build/debian/copyright")))
            .SelectMany(names => names.Groups[1].Value.Split(' '))
            .ToArray();

        var packages = PackagesOfTheProgram();

        Assert.That(packages, Does.Contain("Npgsql"));
        Assert.That(packages.Where(package => !known.Any(name => Covers(name, package))), Is.Empty);
    }

    private static string[] PackagesOfTheProgram()
    {
        using var locked = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(Repository, "src/Nitejar.Migrations.Cli/packages.lock.json")
            )
        );
        return
        [
            .. locked
                .RootElement.GetProperty("dependencies")
                .GetProperty("net10.0")
                .EnumerateObject()
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => package.Name),
        ];
    }

    private static bool Covers(string name, string package) =>
        name.EndsWith('*')
            ? package.StartsWith(name[..^1], StringComparison.Ordinal)
            : package == name;

    [GeneratedRegex(@"(?m)^Files: ([A-Za-z].*)$")]
    private static partial Regex Names();
}
