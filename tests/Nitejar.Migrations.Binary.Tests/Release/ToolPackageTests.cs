using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Release;

/// <summary>The package of a dotnet tool that is not the one in the repository stops CI before it is used.</summary>
[Platform("Linux")]
public sealed class ToolPackageTests : WorkplaceTests
{
    [Test]
    public void Another_package_is_refused()
    {
        var packages = Directory.CreateDirectory(Place["packages/csharpier/1.3.0"]).FullName;
        File.WriteAllText(Path.Combine(packages, "csharpier.1.3.0.nupkg"), "something else");

        var result = Verify().Exits(1);

        Assert.That(
            result.Error,
            Does.Contain("is another package than the one in .config/dotnet-tools.sha512")
        );
    }

    [Test]
    public void A_package_that_is_not_there_is_refused() =>
        Assert.That(Verify().Exits(1).Error, Does.Contain("run `dotnet tool restore`"));

    private CommandResult Verify() =>
        new Command(
            Programs.Require("sh"),
            Place.Folder,
            Path.Combine(PublishedBinary.RepositoryFolder(), ".ci/verify-tools")
        )
        {
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Place["packages"] },
        }.Run();
}
