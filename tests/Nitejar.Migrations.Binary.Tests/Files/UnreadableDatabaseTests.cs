using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

/// <summary>Exit code 7: there is not a database that could be worked with, and what is there stays as it is.</summary>
public sealed class UnreadableDatabaseTests : WorkplaceTests
{
    private static readonly string[] Commands =
    [
        "up",
        "down",
        "redo",
        "status",
        "history",
        "schema",
    ];

    [TestCaseSource(nameof(Commands))]
    public void Garbage_is_no_database(string command)
    {
        var garbage = Enumerable.Range(0, 5000).Select(i => (byte)(i * 31)).ToArray();
        File.WriteAllBytes(Place["x.db"], garbage);

        var result = Place.Run(command, "-c", "x.db").Exits(7);

        Assert.That(result.Error, Does.Contain("x.db is not a SQLite database"));
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(garbage));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [TestCaseSource(nameof(Commands))]
    public void A_directory_is_no_database(string command)
    {
        Directory.CreateDirectory(Place["x.db"]);

        var result = Place.Run(command, "-c", "x.db").Exits(7);

        Assert.That(result.Error, Does.Contain("is a directory"));
    }

    [TestCaseSource(nameof(Commands))]
    public void An_empty_file_is_no_database(string command)
    {
        Place.Write("x.db", "");

        var result = Place.Run(command, "-c", "x.db").Exits(7);

        Assert.That(result.Error, Does.Contain("empty (0 bytes)"));
        Assert.That(new FileInfo(Place["x.db"]).Length, Is.Zero);
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [Test]
    public void A_missing_folder_is_not_made()
    {
        var result = Place.Run("up", "-c", "none/x.db").Exits(7);

        Assert.That(result.Error, Does.Contain("none does not exist"));
        Assert.That(Place.Files, Is.Empty);
    }

    [Test]
    public void A_truncated_database_is_damaged()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        var bytes = File.ReadAllBytes(Place["x.db"])[..6000];
        File.WriteAllBytes(Place["x.db"], bytes);

        Place.Run("up", "-c", "x.db").Exits(7);
        Place.Run("down", "-c", "x.db", "--yes").Exits(7);

        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(bytes));
    }

    [TestCase("x.db-journal")]
    [TestCase("x.db-wal")]
    public void No_database_is_made_beside_the_journal_of_one_that_is_gone(string leftOver)
    {
        Place.Write(leftOver, "left over");

        var result = Place.Run("up", "-c", "x.db").Exits(7);

        Assert.That(result.Error, Does.Contain(leftOver));
        Assert.That(Place.Files, Is.EqualTo((string[])[leftOver]));
    }

    [TestCase("file:x.db?mode=ro")]
    [TestCase("Data Source=x.db;Mode=ReadOnly")]
    public void A_connection_that_only_reads_does_not_migrate(string connection)
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        var before = File.ReadAllBytes(Place["x.db"]);

        Place.Run("up", "-c", connection).Exits(7);

        Place.Run("status", "-c", connection).Exits(0);
        Assert.That(File.ReadAllBytes(Place["x.db"]), Is.EqualTo(before));
    }

    [TestCase("sqlite:x.db?mode=rw")]
    [TestCase("Data Source=x.db;Mode=ReadWrite")]
    public void A_connection_that_must_not_create_does_not(string connection)
    {
        Place.Run("up", "-c", connection).Exits(7);

        Assert.That(Place.Files, Is.Empty);
    }
}
