using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Builds.Tests.Release;

/// <summary>A root folder with the C library and dpkg's list, which says that of packages it has the C library alone.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DebianRoot
{
    private const string Lists = "var/lib/dpkg";
    private readonly Workplace _place;

    public DebianRoot(Workplace place)
    {
        OtherUser.RequireRoot();
        _place = place;
        BareRoot.CopyLibraries(PublishedBinary.ProgramFile, place["root"]);
        Directory.CreateDirectory(place[$"root/{Lists}/info"]);
        Directory.CreateDirectory(place[$"root/{Lists}/updates"]);
        Directory.CreateDirectory(place["root/data"]);
        var library = Run("dpkg-query", "--status", "libc6").Output;
        File.WriteAllText(place[$"root/{Lists}/status"], library);
    }

    /// <summary>Names of all files, folders and links, but for dpkg's own.</summary>
    public IReadOnlyList<string> Entries =>
        [
            .. Directory
                .EnumerateFileSystemEntries(_place["root"], "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_place["root"], path))
                .Where(path => !path.StartsWith("var", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Calls dpkg for this root.</summary>
    public void Dpkg(params string[] arguments) =>
        Run("dpkg", [$"--root={_place["root"]}", $"--log={_place["dpkg.log"]}", .. arguments]);

    /// <summary>Runs a program of the root in its folder for data.</summary>
    public CommandResult Use(string program, params string[] arguments) =>
        Run("chroot", ["root", program, .. arguments]);

    private CommandResult Run(string program, params string[] arguments) =>
        new Command(Programs.Require(program), _place.Folder, arguments)
        {
            Variables = new Dictionary<string, string>
            {
                ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
                ["LC_ALL"] = "C",
            },
        }
            .Run()
            .Exits(0);
}
