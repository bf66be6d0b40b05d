using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Trust.Drifting;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Trust;

/// <summary>What was changed past the migrations is named, and nothing else.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class DriftConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    /// <summary>By hand, and what is said of it.</summary>
    private static readonly object[][] Changes =
    [
        ["ALTER TABLE rooms ADD COLUMN colour text", DifferenceKind.Column, "rooms.colour"],
        ["DROP INDEX rooms_name", DifferenceKind.Index, "rooms.rooms_name"],
        ["DROP VIEW room_names", DifferenceKind.View, "room_names"],
        ["DROP TABLE shelves", DifferenceKind.Table, "shelves"],
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_change_by_hand_is_named(string change, DifferenceKind kind, string path)
    {
        Succeed(LibraryDatabase.Catalog, new UpRequest());
        Assert.That(Drift().Differences, Is.Empty);

        Execute(change);
        var before = Dump();
        var report = Drift();

        Assert.That(report.Differences.Select(difference => difference.Kind), Does.Contain(kind));
        Assert.That(
            report.Differences.Where(d => d.Kind == kind).Select(d => $"{d.Path}"),
            Is.EqualTo([path])
        );
        Assert.That(report.ToFailure(), Is.InstanceOf<CheckFailedException>());
        Assert.That(Dump(), Is.EqualTo(before));
    }

    [Test]
    public void A_trigger_by_hand_is_named()
    {
        Succeed(LibraryDatabase.Catalog, new UpRequest());

        Execute(TDatabase.Trigger("mine", "AFTER INSERT ON rooms", "DELETE FROM shelves;"));

        Assert.That(Paths(), Is.EqualTo(["rooms.mine"]));
    }

    [Test]
    public void Other_owners_are_left_out()
    {
        Succeed(LibraryDatabase.Catalog, new UpRequest());

        Execute(
            """
            CREATE TABLE other (room integer REFERENCES rooms (id));
            CREATE INDEX other_room ON other (room);
            CREATE VIEW of_rooms AS SELECT id FROM rooms;
            """
        );

        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public void After_an_adoption_it_begins_with_what_was_adopted()
    {
        Execute(
            $"{LibraryDatabase.Rooms}; {LibraryDatabase.Shelves}; CREATE TABLE other (room integer PRIMARY KEY); DROP INDEX rooms_name; ALTER TABLE shelves ADD COLUMN own integer REFERENCES other (room)"
        );
        Execute(TDatabase.Trigger("theirs", "AFTER INSERT ON rooms", "DELETE FROM shelves;"));
        var adopted = Succeed(LibraryDatabase.Catalog, new AdoptRequest());

        var report = Drift();
        Assert.That(report.Differences, Is.Empty);
        Assert.That(
            report.Notes,
            Is.EqualTo(adopted.AdoptionPoints).And.Count.GreaterThanOrEqualTo(2)
        );

        Succeed(LibraryDatabase.Catalog, new UpRequest());
        Assert.That(Paths(), Is.Empty);

        Execute("ALTER TABLE rooms ADD COLUMN colour text; CREATE INDEX mine ON shelves (own)");
        Assert.That(Paths(), Is.EqualTo(["rooms.colour", "shelves.mine"]));
    }

    [Test]
    public void An_adopted_object_may_become_as_the_migrations_make_it()
    {
        Execute($"{LibraryDatabase.Rooms}; {LibraryDatabase.Shelves}; DROP INDEX rooms_name");
        Succeed(LibraryDatabase.Catalog, new AdoptRequest());

        Execute(LibraryDatabase.RoomIndex);

        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public void A_migration_of_another_binary_is_replayed_from_the_journal()
    {
        Succeed(LibraryDatabase.Catalog, new UpRequest());

        Assert.That(Drift(MigrationsOf.Catalog()).Differences, Is.Empty);

        Execute("UPDATE \"VersionJournal\" SET \"UpSql\" = NULL");
        Assert.That(
            () => Drift(MigrationsOf.Catalog()),
            Throws
                .InstanceOf<RefusedException>()
                .With.Property(nameof(MigrateException.Code))
                .EqualTo(ErrorCode.UnknownMigration)
        );
    }

    private string[] Paths() => [.. Drift().Differences.Select(difference => $"{difference.Path}")];

    private DriftReport Drift(MigrationCatalog? catalog = null)
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return new DriftSurvey(Database, catalog ?? LibraryDatabase.Catalog).Find(reader);
    }
}
