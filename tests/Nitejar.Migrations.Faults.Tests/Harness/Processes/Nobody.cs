using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>A user other than root, who may write everything.</summary>
internal sealed class Nobody : IDisposable
{
    private const UnixFileMode Everyone =
        UnixFileMode.UserRead
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly Site _site;
    private readonly TemporaryFolder _programs = new();
    private readonly MigrateProgram _program;

    /// <summary>Lets the user into the site, with these rights in its working directory.</summary>
    public Nobody(Rig rig, Site site, UnixFileMode folder)
    {
        _site = site;
        _program = CopyOf(rig.Program);
        File.SetUnixFileMode(Path.GetDirectoryName(site.Folder)!, Everyone);
        File.SetUnixFileMode(site.Folder, folder);
    }

    /// <summary>Runs the program as that user.</summary>
    public CommandResult Run(params string[] arguments)
    {
        string[] user =
            Environment.UserName == "root"
                ? [Programs.Require("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"]
                : [];
        string[] call = [.. user, .. _program.CallOf([.. arguments, "-c", "x.db"])];
        return new Command(call[0], _site.Folder, call[1..])
        {
            Variables = _program.Variables,
            Timeout = Site.Patience,
        }.Run();
    }

    public void Dispose()
    {
        File.SetUnixFileMode(_site.Folder, Everyone | UnixFileMode.UserWrite);
        _programs.Dispose();
    }

    /// <summary>The program's folder may lie where another user cannot go.</summary>
    private MigrateProgram CopyOf(MigrateProgram program)
    {
        File.SetUnixFileMode(_programs.Path, Everyone | UnixFileMode.UserWrite);
        var file = program.FirstArguments.Count > 0 ? program.FirstArguments[0] : program.File;
        var source = Path.GetDirectoryName(file)!;
        foreach (
            var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories)
        )
        {
            // Each one, since the user's umask may keep others out of any.
            var copy = _programs[Path.GetRelativePath(source, folder)];
            Directory.CreateDirectory(copy);
            File.SetUnixFileMode(copy, Everyone | UnixFileMode.UserWrite);
        }

        foreach (var original in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = _programs[Path.GetRelativePath(source, original)];
            File.Copy(original, copy);
            File.SetUnixFileMode(copy, Everyone | UnixFileMode.UserWrite);
        }

        var moved = _programs[Path.GetFileName(file)];
        return program.FirstArguments.Count == 0
            ? program with
            {
                File = moved,
            }
            : program with
            {
                FirstArguments = [moved],
            };
    }
}
