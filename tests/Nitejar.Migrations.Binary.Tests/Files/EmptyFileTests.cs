using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

/// <summary>A file of 0 bytes is more likely an accident's than a new database; a container that mounts one can say so.</summary>
public sealed class EmptyFileTests : WorkplaceTests
{
    [SetUp]
    public void MakeFile() => Place.Write("x.db", "");

    [Test]
    public void Is_refused_with_the_way_forward()
    {
        var result = Place.Run("up", "-c", "x.db").Exits(7);

        Assert.That(
            result.Error,
            Does.Contain("is empty (0 bytes)").And.Contain("--allow-empty-file")
        );
        Assert.That(new FileInfo(Place["x.db"]).Length, Is.Zero);
    }

    [Test]
    public void Becomes_a_database_where_it_is()
    {
        using var held = File.OpenRead(Place["x.db"]);

        Place.Run("up", "-c", "x.db", "--allow-empty-file").Exits(0);

        Assert.That(held.Length, Is.GreaterThan(0), "it is the same file");
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
        Place.Run("up", "-c", "x.db").Exits(0);
    }

    [Test]
    public void Stays_empty_in_a_dry_run()
    {
        Place.Run("up", "-c", "x.db", "--allow-empty-file", "--dry-run").Exits(0);

        Assert.That(new FileInfo(Place["x.db"]).Length, Is.Zero);
    }

    [Test]
    public void One_byte_is_no_empty_database()
    {
        Place.Write("x.db", "x");

        Place.Run("up", "-c", "x.db", "--allow-empty-file").Exits(7);
    }
}
