using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>
/// A root folder as of a container that has the program, the C library and nothing else: no list of accounts, no HOME, no
/// folder for temporary files, no devices.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class BareRoot
{
    private readonly Workplace _place;
    private readonly string _user;

    /// <param name="place">Gets the folder.</param>
    /// <param name="user">The number of the user as whom the program runs.</param>
    public BareRoot(Workplace place, string user)
    {
        OtherUser.RequireRoot();
        _place = place;
        _user = user;
        var published = Path.GetDirectoryName(PublishedBinary.ProgramFile)!;
        foreach (var name in (string[])["nitejar-migrate", "libe_sqlite3.so"])
        {
            var file = Path.Combine(published, name);
            Copy(file, place[Path.Combine("root/app", name)]);
            CopyLibraries(file, place["root"]);
        }

        Directory.CreateDirectory(place["root/data"]);
        new Command(Programs.Require("chown"), place.Folder, user, "root/data").Run().Exits(0);
    }

    /// <summary>The path of a database from outside.</summary>
    public string this[string name] => _place[$"root/data/{name}"];

    /// <summary>Removes SQLite's library.</summary>
    public void ForgetLibrary() => File.Delete(_place["root/app/libe_sqlite3.so"]);

    /// <summary>Runs the program with an empty environment, in the root folder itself.</summary>
    public CommandResult Run(params string[] arguments) =>
        new Command(
            Programs.Require("chroot"),
            _place.Folder,
            [
                $"--userspec={_user}:{_user}",
                "--groups=",
                "root",
                "/app/nitejar-migrate",
                .. arguments,
            ]
        ).Run();

    /// <summary>Copies the libraries that a program is linked to into a root folder.</summary>
    public static void CopyLibraries(string program, string root)
    {
        var linked = new Command(Programs.Require("ldd"), "/", program).Run().Exits(0).Output;
        foreach (var library in Library().Matches(linked).Select(match => match.Value))
        {
            Copy(library, Path.Combine(root, library.TrimStart('/')));
        }
    }

    private static void Copy(string from, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(from, target, overwrite: true);
        File.SetUnixFileMode(target, OtherUser.Everything);
    }

    [GeneratedRegex(@"/\S+\.so\S*")]
    private static partial Regex Library();
}
