using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Release;

/// <summary>The bill of materials lists what the lock files of the shipped projects pin.</summary>
[Platform("Linux")]
public sealed class SbomTests : WorkplaceTests
{
    [Test]
    public void Every_package_of_a_lock_file_is_in_it_with_its_hash()
    {
        var pinned = Directory
            .EnumerateFiles(
                RepositoryFile("src"),
                "packages.lock.json",
                SearchOption.AllDirectories
            )
            .SelectMany(PackagesOf)
            .ToHashSet();
        Assert.That(pinned, Has.Count.GreaterThan(20));

        using var bill = JsonDocument.Parse(File.ReadAllText(Write()));

        Assert.That(bill.RootElement.GetProperty("bomFormat").GetString(), Is.EqualTo("CycloneDX"));
        Assert.That(
            bill.RootElement.GetProperty("components").EnumerateArray().Select(ComponentOf),
            Is.EquivalentTo(pinned)
        );
    }

    [Test]
    public void It_names_the_program_and_its_version()
    {
        using var bill = JsonDocument.Parse(File.ReadAllText(Write()));

        var program = bill.RootElement.GetProperty("metadata").GetProperty("component");
        Assert.That(program.GetProperty("name").GetString(), Is.EqualTo("nitejar-migrate"));
        Assert.That(
            Place.Run("--version").Exits(0).Output,
            Does.Contain(program.GetProperty("version").GetString())
        );
    }

    private string Write()
    {
        var file = Place["sbom.cdx.json"];
        new Command(Programs.Require("sh"), Place.Folder, RepositoryFile(".ci/sbom"), file)
        {
            InheritsEnvironment = true,
        }
            .Run()
            .Exits(0);
        return file;
    }

    private static string RepositoryFile(string path) =>
        Path.Combine(PublishedBinary.RepositoryFolder(), path);

    private static IEnumerable<string> PackagesOf(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(lockFile));
        return
        [
            .. json
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package =>
                    $"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()} {package.Value.GetProperty("contentHash").GetString()}"
                ),
        ];
    }

    private static string ComponentOf(JsonElement component) =>
        $"{component.GetProperty("purl").GetString()} {component.GetProperty("properties")[0].GetProperty("value").GetString()}";
}
