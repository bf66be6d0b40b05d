namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>The packages of this repository in a folder that serves as a source, and a place outside the repository that uses them.</summary>
internal sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PackageFeed() { }

    /// <summary>Where the packages are.</summary>
    public string Source => _folder["feed"];

    /// <summary>A folder for projects, which restore from the feed, and what others made from what this machine has already.</summary>
    public string Place => _folder["place"];

    /// <summary>Packs everything that is packed.</summary>
    public static PackageFeed Pack()
    {
        var feed = new PackageFeed();
        try
        {
            feed.PackInto(feed.Source);
            Directory.CreateDirectory(feed.Place);
            File.WriteAllText(
                Path.Combine(feed.Place, "nuget.config"),
                $"""
                <configuration>
                  <config><add key="globalPackagesFolder" value="packages" /></config>
                  <fallbackPackageFolders>
                    <clear />
                    <add key="restored" value="{RestoredPackages()}" />
                  </fallbackPackageFolders>
                  <packageSources><clear /><add key="feed" value="{feed.Source}" /></packageSources>
                </configuration>
                """
            );
            return feed;
        }
        catch
        {
            feed.Dispose();
            throw;
        }
    }

    /// <summary>Packs everything again.</summary>
    public void PackInto(string folder) =>
        Dotnet(
            PublishedBinary.RepositoryFolder(),
            "pack",
            "Nitejar.Migrations.sln",
            "-c",
            "Release",
            "-o",
            folder
        );

    /// <summary>Runs <c>dotnet</c>, with templates and tools of its own; it has to succeed.</summary>
    public CommandResult Dotnet(string folder, params string[] arguments) =>
        Run(Programs.Require("dotnet"), folder, arguments);

    /// <summary>Runs a program that may call <c>dotnet</c>, likewise.</summary>
    public CommandResult Run(string program, string folder, params string[] arguments) =>
        new Command(program, folder, arguments)
        {
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string>
            {
                ["DOTNET_CLI_HOME"] = _folder["home"],
                // The time that files in packages have, so that the same sources make the same packages.
                ["SOURCE_DATE_EPOCH"] = "1700000000",
                ["NUGET_PACKAGES"] =
                    folder == PublishedBinary.RepositoryFolder() ? RestoredPackages() : "",
            },
            Timeout = TimeSpan.FromMinutes(10),
        }
            .Run()
            .Exits(0);

    /// <summary>Where a program finds the runtime, which is what <c>DOTNET_ROOT</c> says; a native one asks for none.</summary>
    public static string Runtime()
    {
        var dotnet = Programs.Require("dotnet");
        return Path.GetDirectoryName(
            File.ResolveLinkTarget(dotnet, returnFinalTarget: true)?.FullName ?? dotnet
        )!;
    }

    public void Dispose() => _folder.Dispose();

    private static string RestoredPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".nuget",
                "packages"
            );
}
