using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// Root works in the folder of an application's user. What the application has to open belongs to that user afterwards;
/// what the operator relies on, a backup or a receipt, stays root's.
/// </summary>
public sealed class FileOwners : FaultTests
{
    private const uint Root = 0;
    private const uint OtherGroup = 12345;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForGroup = OwnerOnly | UnixFileMode.GroupRead;
    private const UnixFileMode Folder =
        OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Test]
    public void A_restored_file_belongs_to_those_who_used_the_damaged_one() => CheckRestore(Rig);

    [Test]
    public void A_database_that_root_makes_belongs_to_the_owner_of_its_folder() => CheckNew(Rig);

    [Test]
    public void Backups_and_receipts_belong_to_the_user_who_made_them() => CheckOwn(Rig);

    [Test]
    public void A_user_who_cannot_give_the_file_away_is_refused() => CheckRefusal(Rig);

    internal static void CheckRestore(Rig rig)
    {
        foreach (var mode in (UnixFileMode[])[OwnerOnly, ForGroup])
        {
            using var site = NewSite(rig);
            Damage(site, ForeignFolder.User, OtherGroup, mode);

            site.Run(Restore(site)).RequireExit(0);

            RequireOwner(site.Database, (ForeignFolder.User, OtherGroup, mode));
            RequireUsable(rig, site);
        }
    }

    internal static void CheckNew(Rig rig)
    {
        using var up = NewSite(rig);
        File.Delete(up.Database);
        up.Run("up", "-c", "x.db").RequireExit(0);
        RequireUsable(rig, up);

        using var restored = NewSite(rig);
        File.Delete(restored.Database);
        restored.Run(Restore(restored)).RequireExit(0);
        RequireOwner(restored.Database, (ForeignFolder.User, ForeignFolder.User, OwnerOnly));
        RequireUsable(rig, restored);

        using var open = NewSite(rig);
        File.SetUnixFileMode(
            open.Folder,
            Folder | UnixFileMode.OtherWrite | UnixFileMode.StickyBit
        );
        open.Run("up", "-c", "new.db").RequireExit(0);
        Require.That(
            FileStatus.OfLink(open["new.db"])!.Owner == Root,
            "a file where everybody may write was given away"
        );
    }

    internal static void CheckOwn(Rig rig)
    {
        using var site = NewSite(rig);
        site.Variables["MIGRATION_RECEIPT_PATH"] = site["out.json"];
        site.Run("backup", "-c", "x.db", "--to", "out.db").RequireExit(0);
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);
        site.Run(Restore(site)).RequireExit(0);

        RequireOwner(site["out.db"], (Root, Root, OwnerOnly));
        RequireOwner(site["out.json"], (Root, Root, OwnerOnly));
        var backups = site.Files.Where(name => name.EndsWith(".backup", StringComparison.Ordinal));
        foreach (var backup in backups)
        {
            RequireOwner(site[backup], (Root, Root, OwnerOnly));
        }

        // It was overwritten in its place.
        Require.That(
            FileStatus.OfLink(site.Database)!.Owner == ForeignFolder.User,
            "the database was taken from its user"
        );
    }

    /// <summary>The folder is the user's, so that nothing else stands in the way.</summary>
    internal static void CheckRefusal(Rig rig)
    {
        RequireRefused(rig, Root, Root, OwnerOnly);
        RequireRefused(rig, ForeignFolder.User, OtherGroup, ForGroup);

        // A group that may do nothing is not missed.
        using var site = NewSite(rig);
        Damage(site, ForeignFolder.User, OtherGroup, OwnerOnly);
        RestoreAsUser(rig, site).RequireExit(0);
        RequireOwner(site.Database, (ForeignFolder.User, ForeignFolder.User, OwnerOnly));
    }

    private static void RequireRefused(Rig rig, uint owner, uint group, UnixFileMode mode)
    {
        using var site = NewSite(rig);

        // Readable all the same, so that the program gets as far as to give it away.
        Damage(site, owner, group, mode | UnixFileMode.OtherRead);
        var (before, files) = (File.ReadAllBytes(site.Database), site.Files);

        var refused = RestoreAsUser(rig, site).RequireExit(7);

        Require.That(
            refused.Error.Contains($"user {owner} and group {group}", StringComparison.Ordinal),
            $"the reason is not said: {refused}"
        );
        Require.That(
            File.ReadAllBytes(site.Database).AsSpan().SequenceEqual(before),
            "the damaged file was changed"
        );
        Require.Same(string.Join(' ', site.Files), string.Join(' ', files), "the files");
    }

    private static CommandResult RestoreAsUser(Rig rig, Site site)
    {
        using var user = new Nobody(rig, site, Folder);
        return user.Run("restore", site.Outside("kept.db"), "--yes");
    }

    /// <summary>The application's user reads it, and writes it.</summary>
    private static void RequireUsable(Rig rig, Site site)
    {
        using var user = new Nobody(rig, site, Folder);
        user.Run("down", "--yes", "--no-backup").RequireExit(0);
    }

    private static Site NewSite(Rig rig)
    {
        var site = ForeignFolder.NewSite(rig);
        File.SetUnixFileMode(site.Outside("kept.db"), OwnerOnly | UnixFileMode.OtherRead);
        return site;
    }

    private static string[] Restore(Site site) =>
        ["restore", site.Outside("kept.db"), "-c", "x.db", "--yes"];

    private static void Damage(Site site, uint owner, uint group, UnixFileMode mode)
    {
        File.WriteAllBytes(site.Database, Samples.WithBoth(JournalMode.Delete)[..5000]);
        File.SetUnixFileMode(site.Database, mode);
        new Command(Programs.Require("chown"), "/", $"{owner}:{group}", site.Database)
            .Run()
            .Exits(0);
    }

    private static void RequireOwner(
        string path,
        (uint Owner, uint Group, UnixFileMode Mode) wanted
    )
    {
        var status = FileStatus.OfLink(path)!;
        Require.Same(
            $"{status.Owner}:{status.Group} {status.Mode}",
            $"{wanted.Owner}:{wanted.Group} {wanted.Mode}",
            $"owner, group and mode of {path}"
        );
    }
}
