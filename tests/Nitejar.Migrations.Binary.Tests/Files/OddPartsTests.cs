using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

/// <summary>What lies beside a database under the names of SQLite's own files.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class OddPartsTests : WorkplaceTests
{
    [Test]
    public void A_pipe_in_the_place_of_a_journal_is_said_and_not_waited_for(
        [Values("-journal", "-wal", "-shm")] string ending,
        [Values("status", "up", "down --yes", "backup", "restore backup --yes")] string command
    )
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        Place.Run("backup", "-c", "x.db", "--to", "backup").Exits(0);
        MakePipe("x.db" + ending);
        var before = File.ReadAllBytes(Place["x.db"]);

        var result = Place.Run([.. command.Split(' '), "-c", "x.db"]).Exits(7);

        Assert.That(result.Error, Does.Contain($"x.db{ending} is no regular file"));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo((string[])["backup", "x.db", "x.db" + ending]));
    }

    [TestCase("up")]
    [TestCase("restore backup")]
    public void No_database_is_made_beside_one(string command)
    {
        Place.Run("up", "-c", "other.db").Exits(0);
        Place.Run("backup", "-c", "other.db", "--to", "backup").Exits(0);
        MakePipe("x.db-journal");

        Place.Run([.. command.Split(' '), "-c", "x.db"]).Exits(7);

        Assert.That(File.Exists(Place["x.db"]), Is.False);
    }

    [Test]
    public void A_file_beside_one_is_not_restored()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Run("backup", "-c", "x.db", "--to", "backup").Exits(0);
        MakePipe("backup-journal");

        Place.Run("restore", "backup", "-c", "x.db", "--yes").Exits(7);
    }

    [TestCase("x.db-wal")]
    [TestCase("x.db-journal")]
    [TestCase("x.db-shm")]
    [TestCase("other.db-wal")]
    public void No_backup_gets_such_a_name(string name)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Run("up", "-c", "other.db").Exits(0);

        var result = Place.Run("backup", "-c", "x.db", "--to", name).Exits(2);

        Assert.That(result.Error, Does.Contain($"SQLite would take {name} for a part of"));
        Assert.That(Place.Files, Is.EqualTo((string[])["other.db", "x.db"]));
    }

    [Test]
    public void Such_a_name_without_its_database_is_a_name() =>
        Assert.Multiple(() =>
        {
            Place.Run("up", "-c", "x.db").Exits(0);
            Place.Run("backup", "-c", "x.db", "--to", "before-wal").Exits(0);
        });

    private void MakePipe(string name) =>
        new Command(Programs.Require("mkfifo"), Place.Folder, name).Run().Exits(0);
}
