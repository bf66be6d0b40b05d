using System.Text.Json;
using System.Xml.Linq;

namespace Nitejar.Migrations.Binary.Tests.Release;

/// <summary>Where the packages come from, and that they are the ones that were reviewed.</summary>
public sealed class DependencyTests
{
    private static readonly string Folder = PublishedBinary.RepositoryFolder();

    [Test]
    public void Every_package_comes_from_one_source()
    {
        var settings = XDocument.Load(Path.Combine(Folder, "nuget.config")).Root!;

        Assert.Multiple(() =>
        {
            // What a user or a machine has configured does not count.
            Assert.That(
                settings.Element("packageSources")!.Elements().First().Name.LocalName,
                Is.EqualTo("clear")
            );
            Assert.That(
                settings
                    .Element("packageSources")!
                    .Elements("add")
                    .Select(source => (string)source.Attribute("value")!),
                Is.EqualTo(new[] { "https://api.nuget.org/v3/index.json" })
            );
            Assert.That(
                settings
                    .Descendants("package")
                    .Select(package => (string)package.Attribute("pattern")!),
                Is.EqualTo(new[] { "*" })
            );
        });
    }

    [Test]
    public void Every_package_of_every_project_has_a_hash()
    {
        var projects = Directory
            .EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories)
            .Where(project => !project.Contains("/artifacts/", StringComparison.Ordinal))
            // What a template makes restores by the lock files of those who use it.
            .Where(project => !project.Contains("/content/", StringComparison.Ordinal))
            .Select(project => Path.GetDirectoryName(project)!)
            .ToArray();

        Assert.That(projects, Is.Not.Empty);
        foreach (var project in projects)
        {
            using var locked = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(project, "packages.lock.json"))
            );
            var packages =
                from framework in locked.RootElement.GetProperty("dependencies").EnumerateObject()
                from package in framework.Value.EnumerateObject()
                where package.Value.GetProperty("type").GetString() != "Project"
                select package;
            foreach (var package in packages)
            {
                Assert.That(
                    package.Value.TryGetProperty("contentHash", out _),
                    $"{package.Name} in {project} has no hash"
                );
            }
        }
    }

    /// <summary>Warnings are errors, so that a known vulnerability of any package fails the build.</summary>
    [Test]
    public void A_known_vulnerability_fails_the_build()
    {
        var properties = XDocument
            .Load(Path.Combine(Folder, "Directory.Build.props"))
            .Descendants();
        var allowed = properties
            .Where(property =>
                property.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" or "NuGetAuditSuppress"
            )
            .SelectMany(property => property.Value.Split(';'))
            .Where(code => code.StartsWith("NU190", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(ValueOf("TreatWarningsAsErrors"), Is.EqualTo("true"));
            Assert.That(ValueOf("NuGetAuditMode"), Is.EqualTo("all"));
            Assert.That(ValueOf("RestoreLockedMode"), Is.EqualTo("true"));
            Assert.That(
                properties.Any(p => p.Name.LocalName == "NuGetAudit" && p.Value == "false"),
                Is.False
            );
            Assert.That(allowed, Is.SubsetOf(new[] { "NU1900" }));
        });

        string ValueOf(string name) => properties.Single(p => p.Name.LocalName == name).Value;
    }

    [Test]
    public void Scripts_of_packages_for_Node_are_not_executed() =>
        Assert.That(
            File.ReadLines(Path.Combine(Folder, ".ci/run"))
                .Where(line => line.Contains("npm ci", StringComparison.Ordinal)),
            Has.All.Contains("--ignore-scripts").And.Not.Empty
        );
}
