using System.Text.Json;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>In CI packages are restored by the lock files, which another SDK or another kind of machine must not break.</summary>
public sealed class LockFileTests
{
    private const string Project = "src/Nitejar.Migrations.Cli";

    [TestCase("RuntimeIdentifiers=linux-arm64")]
    [TestCase("NETCoreSdkPortableRuntimeIdentifier=linux-arm64")]
    [TestCase("BundledNETCoreAppPackageVersion=10.0.99")]
    public void Another_SDK_or_machine_restores_without_the_lock_file(string property)
    {
        var evaluated = Evaluate(property);

        Assert.That(evaluated.GetProperty("RestoreLockedMode").GetString(), Is.EqualTo("false"));
        Assert.That(
            evaluated.GetProperty("NuGetLockFilePath").GetString(),
            Does.EndWith("/obj/packages.lock.json"),
            "the tree stays clean"
        );
    }

    [Test]
    public void Those_that_wrote_it_restore_by_it()
    {
        using var locked = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(PublishedBinary.RepositoryFolder(), Project, "packages.lock.json")
            )
        );
        var compiler = locked
            .RootElement.GetProperty("dependencies")
            .GetProperty("net10.0")
            .GetProperty("Microsoft.DotNet.ILCompiler")
            .GetProperty("resolved")
            .GetString();

        var evaluated = Evaluate(
            $"BundledNETCoreAppPackageVersion={compiler}",
            "NETCoreSdkPortableRuntimeIdentifier=linux-x64"
        );

        Assert.That(evaluated.GetProperty("RestoreLockedMode").GetString(), Is.EqualTo("true"));
        Assert.That(evaluated.GetProperty("NuGetLockFilePath").GetString(), Is.Empty);
    }

    private static JsonElement Evaluate(params string[] properties)
    {
        var result = new Command(
            Programs.Require("dotnet"),
            PublishedBinary.RepositoryFolder(),
            [
                "msbuild",
                Project,
                "-getProperty:RestoreLockedMode",
                "-getProperty:NuGetLockFilePath",
                "-p:CI=true",
                .. properties.Select(property => $"-p:{property}"),
            ]
        )
        {
            InheritsEnvironment = true,
        }.Run();
        using var answer = JsonDocument.Parse(result.Exits(0).Output);
        return answer.RootElement.GetProperty("Properties").Clone();
    }
}
