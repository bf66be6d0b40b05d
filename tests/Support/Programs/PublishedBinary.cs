namespace Nitejar;

/// <summary>The native program under test: the one that CI has built already, else published once for this run.</summary>
[SetUpFixture]
public sealed class PublishedBinary
{
    private const string Variable = "NITEJAR_MIGRATE_BINARY";
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(10);

    private TemporaryFolder? _published;

    /// <summary>Its full path.</summary>
    public static string ProgramFile { get; private set; } = "";

    [OneTimeSetUp]
    public void Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            ProgramFile = Path.GetFullPath(given);
            Assert.That(ProgramFile, Does.Exist, $"{Variable} names no file");
            return;
        }

        _published = new TemporaryFolder();
        Publish("src/Nitejar.Migrations.Cli", _published.Path);
        ProgramFile = _published["nitejar-migrate"];
    }

    [OneTimeTearDown]
    public void Remove() => _published?.Dispose();

    /// <summary>Publishes a program natively.</summary>
    /// <param name="project">Its folder, from the solution's.</param>
    /// <param name="folder">Where to.</param>
    internal static void Publish(string project, string folder)
    {
        if (Programs.Find("clang") is null && Programs.Find("gcc") is null)
        {
            NotRun.Because("a native publish needs clang or gcc");
        }

        var dotnet = new Command(
            Programs.Require("dotnet"),
            Path.Combine(RepositoryFolder(), project),
            "publish",
            "-c",
            "Release",
            "-o",
            folder
        )
        {
            InheritsEnvironment = true,
            Timeout = PublishTimeout,
        };
        dotnet.Run().Exits(0);
    }

    /// <summary>The folder of the solution.</summary>
    internal static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (
            folder is not null
            && !File.Exists(Path.Combine(folder.FullName, "Nitejar.Migrations.sln"))
        )
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException(
                "Nitejar.Migrations.sln is in no folder above the tests."
            );
    }
}
