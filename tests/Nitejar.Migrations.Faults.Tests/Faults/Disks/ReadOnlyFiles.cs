using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>A file or a folder that this user may not write: reading works, and a run says so before anything else.</summary>
public sealed class ReadOnlyFiles : FaultTests
{
    private const UnixFileMode Read =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Write =
        UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    [Test]
    public void A_file_in_a_folder_that_may_not_be_written([Values] JournalMode mode) =>
        CheckFile(Rig, mode);

    [Test]
    public void A_file_that_may_not_be_written([Values] JournalMode mode) =>
        CheckFileAlone(Rig, mode);

    [Test]
    public void A_folder_that_may_not_be_written([Values] JournalMode mode) =>
        Check(Rig, mode, Read | Write, Read | Enter);

    [Test]
    public void No_file_in_a_folder_that_may_not_be_written() => CheckNew(Rig);

    internal static void CheckFile(Rig rig, JournalMode mode) =>
        Check(rig, mode, Read, Read | Enter);

    internal static void CheckFileAlone(Rig rig, JournalMode mode) =>
        Check(rig, mode, Read, Read | Enter | Write);

    private static void Check(Rig rig, JournalMode mode, UnixFileMode file, UnixFileMode folder)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(mode));
        File.SetUnixFileMode(site.Database, file);
        using var nobody = new Nobody(rig, site, folder);
        var before = File.ReadAllBytes(site.Database);

        var status = nobody.Run("status").RequireExit(0);
        Require.That(
            status.Output.Contains("1 applied", StringComparison.Ordinal),
            $"status does not show the history: {status}"
        );
        nobody.Run("up").RequireExit(7);
        nobody.Run("down", "--yes").RequireExit(7);

        Require.Same(string.Join(' ', site.Files), "x.db", "the files");
        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }

    internal static void CheckNew(Rig rig)
    {
        using var site = rig.NewSite();
        using var nobody = new Nobody(rig, site, Read | Enter);

        nobody.Run("status").RequireExit(0);
        nobody.Run("up").RequireExit(7);

        Require.That(site.Files.Count == 0, "a file was made");
    }
}
