using FluentMigrator;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>The published binary meets what a newer one applied. The newer one is the engine with one migration more.</summary>
public sealed class UnknownMigrationTests : WorkplaceTests
{
    private const string Later = "20990101000000_AddTopics";

    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [Test]
    public void Status_shows_it_as_unknown()
    {
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);

        var result = Place.Run("status", "-c", "x.db", "--check").Exits(0);

        Assert.That(result.Output, Does.Match($"unknown +{Later}"));
        Assert.That(
            result.Output,
            Does.Contain("2 applied, 0 pending, 1 not chosen, 1 unknown\nunknown: ")
        );
    }

    [Test]
    public void Up_succeeds_with_a_warning()
    {
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);
        var before = Place.Dump("x.db");

        var result = Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(result.Error, Does.StartWith("warning: ").And.Contains(Later));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void Down_reverts_it_by_its_stored_sql()
    {
        var before = Place.Objects("x.db");
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);
        Assert.That(Place.Objects("x.db"), Does.Contain("topics"));

        Place.Run("down", "-c", "x.db").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.EqualTo(before));
        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT Direction, Outcome, Name, BinaryVersion FROM VersionJournal WHERE Id > 2 ORDER BY Id;"
            ),
            Does.Match(
                "^up\\|applied\\|AddTopics\\|9\\.9\\.9\ndown\\|reverted\\|AddTopics\\|(?!9\\.9\\.9).+$"
            )
        );
    }

    [Test]
    public void Down_asks_before_it_takes_rows_of_it_away()
    {
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);
        Place.Sqlite("x.db", "INSERT INTO topics VALUES ('one');");

        var result = Place.Run("down", "-c", "x.db").Exits(6);

        Assert.That(result.Error, Does.Contain("topics (1 row, kept in the archive)"));
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);
    }

    [Test]
    public void Down_goes_on_below_it()
    {
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);

        Place.Run("down", "-c", "x.db", "--all").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.Empty);
    }

    [Test]
    public void Redo_is_refused_since_it_could_not_be_applied_again()
    {
        NewerBinary.Apply(new AddTopics(), Place["x.db"]);
        var before = Place.Dump("x.db");

        var result = Place.Run("redo", "-c", "x.db").Exits(6);

        Assert.That(result.Error, Does.Contain(Later));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void A_Down_that_runs_code_is_left_to_the_binary_that_has_it()
    {
        NewerBinary.Apply(new RunsCode(), Place["x.db"]);
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--all").Exits(6);

        Assert.That(result.Error, Does.Contain("its Down runs code"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void A_Down_that_throws_is_irreversible_with_its_own_words()
    {
        NewerBinary.Apply(new NeverReverts(), Place["x.db"]);
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db").Exits(6);

        Assert.That(
            result.Error,
            Does.Contain("irreversible").And.Contains("the old values are gone")
        );
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    private sealed class AddTopics : Migration
    {
        public override void Up() => Create.Table("topics").WithColumn("name").AsString();

        public override void Down() => Delete.Table("topics");
    }

    private sealed class RunsCode : Migration
    {
        public override void Up() => Create.Table("topics").WithColumn("name").AsString();

        public override void Down() => Execute.WithConnection((_, _) => { });
    }

    private sealed class NeverReverts : Migration
    {
        public override void Up() => Create.Table("topics").WithColumn("name").AsString();

        public override void Down() => throw new NotSupportedException("the old values are gone");
    }
}
