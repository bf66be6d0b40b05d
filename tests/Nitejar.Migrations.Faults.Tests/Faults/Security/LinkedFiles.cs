using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// A file in a folder where everybody may write, as in /tmp, is another user's symbolic link: the database itself, or a
/// name that SQLite gives to a file beside it. Nothing is read or written where it leads.
/// </summary>
public sealed class LinkedFiles : FaultTests
{
    private static readonly string[] Endings = ["-journal", "-wal"];

    [Test]
    public void A_database_is_not_reached_by_another_users_link() => CheckDatabase(Rig);

    [Test]
    public void A_file_beside_it_is_not_reached_either(
        [ValueSource(nameof(Endings))] string ending
    ) => CheckPart(Rig, ending);

    internal static void CheckDatabase(Rig rig)
    {
        using var site = NewSite(rig);
        File.WriteAllBytes(ForeignFolder.Precious(site), Samples.WithBoth(JournalMode.Delete));
        LinkToPrecious(site, "link.db");
        var before = ForeignFolder.Outside(site);

        foreach (
            var command in (string[][])
                [
                    ["status", "-c", "link.db"],
                    ["up", "-c", "link.db"],
                    ["down", "-c", "link.db", "--yes"],
                    ["backup", "-c", "link.db"],
                    ["restore", site.Outside("kept.db"), "-c", "link.db", "--yes"],
                ]
        )
        {
            var refused = site.Run(command).RequireExit(7);
            Require.That(
                refused.Error.Contains("another user's symbolic link", StringComparison.Ordinal),
                $"the reason is not said: {refused}"
            );
        }

        Require.Same(ForeignFolder.Outside(site), before, "what is outside the folder");
    }

    /// <summary>That is SQLite's own rule (O_NOFOLLOW).</summary>
    private static void CheckPart(Rig rig, string ending)
    {
        using var site = NewSite(rig);
        File.WriteAllText(ForeignFolder.Precious(site), "precious");
        LinkToPrecious(site, "x.db" + ending);
        var before = ForeignFolder.Outside(site);

        foreach (
            var command in (string[][])
                [
                    ["status", "-c", "x.db"],
                    ["up", "-c", "x.db"],
                    ["down", "-c", "x.db", "--yes"],
                    ["backup", "-c", "x.db"],
                ]
        )
        {
            site.RunToItsEnd(command).RequireExit(7);
        }

        Require.Same(ForeignFolder.Outside(site), before, "what is outside the folder");
    }

    private static Site NewSite(Rig rig)
    {
        var site = ForeignFolder.NewSite(rig);
        new Command(Programs.Require("chown"), "/", "0:0", site.Folder, site.Database)
            .Run()
            .Exits(0);
        File.SetUnixFileMode(site.Folder, (UnixFileMode)0b1_111_111_111);
        return site;
    }

    private static void LinkToPrecious(Site site, string name)
    {
        File.CreateSymbolicLink(site[name], ForeignFolder.Precious(site));
        Racer.Give(site, site[name]);
    }
}
