using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Output;

/// <summary>A receipt takes the place of the last one, and of nothing else.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class ReceiptPlaceTests : WorkplaceTests
{
    private const string Variable = "MIGRATION_RECEIPT_PATH";

    [TestCase("x.db", "is the database or belongs to it")]
    [TestCase("./folder/../x.db", "is the database or belongs to it")]
    [TestCase("symbolic", "is the database or belongs to it")]
    [TestCase("hard", "is the database or belongs to it")]
    [TestCase("x.db-wal", "is the database or belongs to it")]
    [TestCase("x.db-journal", "is the database or belongs to it")]
    [TestCase("x.db-shm", "is the database or belongs to it")]
    [TestCase("other.db", "is a SQLite database")]
    [TestCase("pipe", "is a named pipe")]
    [TestCase("a\nb", "holds characters that no name should have")]
    public void Where_it_would_destroy_something_nothing_is_done(string path, string reason)
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        Place.Run("up", "-c", "other.db").Exits(0);
        Directory.CreateDirectory(Place["folder"]);
        File.CreateSymbolicLink(Place["symbolic"], Place["x.db"]);
        new Command(Programs.Require("ln"), Place.Folder, "x.db", "hard").Run().Exits(0);
        new Command(Programs.Require("mkfifo"), Place.Folder, "pipe").Run().Exits(0);
        var (before, files) = (Place.Dump("x.db"), Place.Files.ToArray());
        Place.Variables[Variable] = path;

        var result = Place.Run("up", "-c", "x.db").Exits(2);

        Assert.That(result.Error, Does.Contain($"The path in {Variable} {reason}"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(Place.Dump("other.db"), Does.Contain("VersionInfo"));
        Assert.That(Place.Files, Is.EqualTo(files));
    }

    [TestCase("folder")]
    [TestCase("new/")]
    [TestCase("/")]
    public void A_folder_is_a_warning_since_the_run_is_committed(string path)
    {
        Directory.CreateDirectory(Place["folder"]);
        Place.Variables[Variable] = path;

        var result = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(result.Error, Does.StartWith("warning: The receipt "));
        Assert.That(result.Output, Does.Contain("2 migrations applied"));
    }

    [Test]
    public void A_new_database_by_another_way_is_not_replaced_either()
    {
        Directory.CreateDirectory(Place["folder"]);
        File.CreateSymbolicLink(Place["link"], Place["folder"]);
        Place.Variables[Variable] = Place["folder/x.db"];

        var result = Place.Run("up", "-c", "link/x.db").Exits(0);

        Assert.That(result.Error, Does.Contain("was not written: it is the database"));
        Place.Run("status", "-c", "folder/x.db", "--check");
        Assert.That(
            Place.Sqlite("folder/x.db", "SELECT count(*) FROM VersionInfo"),
            Is.EqualTo("2")
        );
    }
}
