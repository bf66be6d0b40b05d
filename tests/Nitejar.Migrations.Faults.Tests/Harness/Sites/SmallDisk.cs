namespace Nitejar.Migrations.Faults.Tests.Harness.Sites;

/// <summary>A site on a disk of its own that holds one megabyte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Size = 1024 * 1024;

    public SmallDisk(Rig rig)
    {
        Site = rig.NewSite();
        var mounted = new Command(
            Programs.Require("mount"),
            "/",
            "-t",
            "tmpfs",
            "-o",
            $"size={Size}",
            "tmpfs",
            Site.Folder
        ).Run();
        if (mounted.ExitCode != 0)
        {
            Site.Dispose();
            NotRun.Because($"a small disk cannot be mounted here: {mounted.Error}");
        }
    }

    public Site Site { get; }

    /// <summary>Leaves only so many bytes.</summary>
    public void FillUpTo(int free) => File.WriteAllBytes(Site["filler"], new byte[Size - free]);

    public void Dispose()
    {
        new Command(Programs.Require("umount"), "/", Site.Folder).Run();
        Site.Dispose();
    }
}
