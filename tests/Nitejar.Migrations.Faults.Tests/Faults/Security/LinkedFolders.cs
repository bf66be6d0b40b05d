using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// A folder of the path is another user's symbolic link in a folder where everybody may write, as in /tmp: whatever is to
/// be read or written through it is refused, and nothing is made where it leads.
/// </summary>
public sealed class LinkedFolders : FaultTests
{
    [Test]
    public void A_folder_is_not_reached_by_another_users_link() => Check(Rig);

    internal static void Check(Rig rig)
    {
        using var site = ForeignFolder.NewSite(rig);
        File.WriteAllBytes(site.Outside("root/y.db"), Samples.WithBoth(JournalMode.Delete));
        File.CreateSymbolicLink(site["app"], site.Outside("root"));
        Racer.Give(site, site["app"]);
        new Command(Programs.Require("chown"), "/", "0", site.Folder).Run().Exits(0);
        File.SetUnixFileMode(site.Folder, (UnixFileMode)0b1_111_111_111);
        var before = ForeignFolder.Outside(site);

        string[][] commands =
        [
            ["up", "-c", "app/new.db"],
            ["down", "-c", "app/y.db", "--yes"],
            ["backup", "-c", "app/y.db"],
            ["backup", "-c", "x.db", "--to", "app/out.db"],
            ["restore", site.Outside("kept.db"), "-c", "app/y.db", "--yes"],
        ];
        foreach (var command in commands)
        {
            var refused = site.Run(command).RequireExit(7);
            Require.That(
                refused.Error.Contains("another user's symbolic link", StringComparison.Ordinal),
                $"the reason is not said: {refused}"
            );
        }

        site.Variables["MIGRATION_RECEIPT_PATH"] = site["app/out.json"];
        var warned = site.Run("up", "-c", "x.db").RequireExit(0);
        Require.That(
            warned.Error.Contains("another user's symbolic link", StringComparison.Ordinal),
            $"the receipt is not warned of: {warned}"
        );
        Require.Same(ForeignFolder.Outside(site), before, "what is outside the folder");
    }
}
