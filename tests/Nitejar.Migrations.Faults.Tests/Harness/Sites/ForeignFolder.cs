using System.Security.Cryptography;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;

namespace Nitejar.Migrations.Faults.Tests.Harness.Sites;

/// <summary>A working directory of another user, with something of root's beside it that has to stay as it is.</summary>
internal static class ForeignFolder
{
    /// <summary>The number of that user, and of the user's group.</summary>
    public const uint User = 65534;

    /// <summary>A folder of another user's, with a database of that user's in it, and root's beside it.</summary>
    public static Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        Directory.CreateDirectory(Path.GetDirectoryName(Precious(site))!);
        site.Place(Samples.WithBoth(JournalMode.Delete));
        File.WriteAllBytes(site.Outside("kept.db"), Samples.WithBoth(JournalMode.Delete));
        Racer.Give(site, site.Folder);
        Racer.Give(site, site.Database);
        return site;
    }

    public static string Precious(Site site) => site.Outside("root/precious");

    /// <summary>Names, contents, modes and owners of what is root's.</summary>
    public static string Outside(Site site) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFileSystemEntries(Path.GetDirectoryName(Precious(site))!)
                .Order(StringComparer.Ordinal)
                .Select(path =>
                {
                    var status = FileStatus.OfLink(path)!;
                    return $"{path} {status.Kind} {status.Mode} {status.Owner}:{status.Group} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}";
                })
        );
}
