namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>A disk of one megabyte, in memory. Mounting one needs root; without it the test is not run.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static SmallDisk Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        var mount = new Command(
            Programs.Require("mount"),
            "/",
            "-t",
            "tmpfs",
            "-o",
            "size=1m",
            "tmpfs",
            folder
        ).Run();
        if (mount.ExitCode != 0)
        {
            NotRun.Because($"a small disk cannot be mounted: {mount.Error.Trim()}");
        }

        return new SmallDisk(folder);
    }

    public void Dispose() => new Command(Programs.Require("umount"), "/", _folder).Run().Exits(0);
}
