using System.Runtime.Versioning;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Runs the binary as a user who owns nothing; root may do everything.</summary>
[UnsupportedOSPlatform("windows")]
internal static class OtherUser
{
    public const UnixFileMode Everything =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    public static void RequireRoot()
    {
        if (Environment.UserName != "root")
        {
            NotRun.Because("only root can make files of another user");
        }
    }

    /// <summary>Copies the binary to where that user may go.</summary>
    public static void MayRunIn(Workplace place)
    {
        RequireRoot();
        File.SetUnixFileMode(place.Folder, Everything);
        Directory.CreateDirectory(place["bin"]);
        File.SetUnixFileMode(place["bin"], Everything);
        foreach (
            var file in Directory.EnumerateFiles(
                Path.GetDirectoryName(PublishedBinary.ProgramFile)!
            )
        )
        {
            var copy = Path.Combine(place["bin"], Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, Everything);
        }
    }

    public static CommandResult Run(Workplace place, params string[] arguments) =>
        new Command(
            Programs.Require("setpriv"),
            place.Folder,
            [
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                place["bin/nitejar-migrate"],
                .. arguments,
            ]
        ).Run();
}
