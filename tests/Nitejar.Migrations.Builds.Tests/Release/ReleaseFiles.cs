using System.Runtime.Versioning;
using System.Xml.Linq;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>What <c>build/release</c> makes of the program under test: once, and once more under other circumstances.</summary>
[SetUpFixture]
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseFiles
{
    private static readonly Dictionary<string, string> Origin = new()
    {
        ["SOURCE_DATE_EPOCH"] = "1790000000",
        ["DEBFULLNAME"] = "Nitejar contributors",
        ["DEBEMAIL"] = "nitejar@users.noreply.github.com",
    };

    private TemporaryFolder? _folder;

    /// <summary>The version in the sources.</summary>
    public static string Version { get; } =
        XDocument
            .Load(Path.Combine(PublishedBinary.RepositoryFolder(), "Directory.Build.props"))
            .Descendants("Version")
            .Single()
            .Value;

    /// <summary>The folder with the files.</summary>
    internal static string Folder { get; private set; } = "";

    /// <summary>The same from a copy of the program, with other times, modes, names of folders and settings of the user.</summary>
    internal static string Again { get; private set; } = "";

    internal static string Archive => Find("*.tar.gz");

    internal static string Package => Find("*.deb");

    [OneTimeSetUp]
    public async Task Build()
    {
        Programs.Require("dpkg-deb");
        Programs.Require("dpkg-shlibdeps");
        _folder = new TemporaryFolder();
        (Folder, Again) = (_folder["one"], _folder["another one"]);
        var copy = Directory.CreateDirectory(_folder["copied program"]).FullName;
        foreach (var file in Directory.EnumerateFiles(ProgramFolder))
        {
            var target = Path.Combine(copy, Path.GetFileName(file));
            File.Copy(file, target);
            File.SetLastWriteTimeUtc(target, DateTime.UnixEpoch);
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var first = Command(ProgramFolder, Folder, []).Start();
        var second = Command(
                copy,
                Again,
                new()
                {
                    ["TMPDIR"] = copy,
                    ["TZ"] = "Asia/Kathmandu",
                    ["LANG"] = "de_DE.UTF-8",
                }
            )
            .Start();
        using (first)
        using (second)
        {
            (await first.WaitForEndAsync()).Exits(0);
            (await second.WaitForEndAsync()).Exits(0);
        }
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    /// <summary>The script, called with the program that is published already.</summary>
    internal static Command Script(string version, string output) =>
        Command(ProgramFolder, output, [], version);

    private static string ProgramFolder => Path.GetDirectoryName(PublishedBinary.ProgramFile)!;

    private static string Find(string pattern) => Directory.GetFiles(Folder, pattern).Single();

    private static Command Command(
        string program,
        string output,
        Dictionary<string, string> variables,
        string? version = null
    ) =>
        new(
            Programs.Require("bash"),
            Path.GetTempPath(),
            Path.Combine(PublishedBinary.RepositoryFolder(), "build", "release"),
            "--published",
            program,
            version ?? Version,
            output
        )
        {
            InheritsEnvironment = true,
            Timeout = TimeSpan.FromMinutes(10),
            Variables = new Dictionary<string, string>(Origin.Concat(variables)),
        };
}
