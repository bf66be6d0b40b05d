using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

/// <summary>A database that this user may read and not write. Root may write everything, so another user runs the binary.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class ReadOnlyFileTests : WorkplaceTests
{
    private const UnixFileMode EveryoneReads =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EveryoneEnters =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private byte[] _before = [];

    [SetUp]
    public void MigrateHalfWayAndProtect()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        _before = File.ReadAllBytes(Place["x.db"]);
        CopyBinary();
        File.SetUnixFileMode(Place["x.db"], EveryoneReads);
        File.SetUnixFileMode(Place.Folder, EveryoneReads | EveryoneEnters);
    }

    [TearDown]
    public void Unprotect() =>
        File.SetUnixFileMode(Place.Folder, EveryoneReads | EveryoneEnters | UnixFileMode.UserWrite);

    [Test]
    public void Status_works() => AsNobody("status").Exits(0);

    [TestCase("up")]
    [TestCase("down")]
    public void A_run_that_would_write_says_that_it_may_not(string command)
    {
        var result = AsNobody(command).Exits(7);

        Assert.That(result.Error, Does.Contain("x.db is read-only for this user"));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(_before));
    }

    [Test]
    public void No_database_is_made_in_a_folder_that_may_not_be_written()
    {
        var result = AsNobody("up", "new.db").Exits(7);

        Assert.That(result.Error, Does.Contain("new.db"));
        Assert.That(File.Exists(Place["new.db"]), Is.False);
    }

    private CommandResult AsNobody(string command, string file = "x.db")
    {
        string[] call = [Place["bin/nitejar-migrate"], command, "-c", file];
        return Environment.UserName == "root"
            ? new Command(
                Programs.Require("setpriv"),
                Place.Folder,
                ["--reuid=65534", "--regid=65534", "--clear-groups", .. call]
            ).Run()
            : new Command(call[0], Place.Folder, call[1..]).Run();
    }

    /// <summary>The published folder may lie where another user cannot go.</summary>
    private void CopyBinary()
    {
        Directory.CreateDirectory(Place["bin"]);
        File.SetUnixFileMode(Place["bin"], EveryoneReads | EveryoneEnters | UnixFileMode.UserWrite);
        foreach (
            var file in Directory.EnumerateFiles(
                Path.GetDirectoryName(PublishedBinary.ProgramFile)!
            )
        )
        {
            var copy = Path.Combine(Place["bin"], Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, EveryoneReads | EveryoneEnters);
        }
    }
}
