using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Trust.Drifting;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Trust;

/// <summary><c>status</c> mentions what was changed past the migrations, by what runs have written into the journal.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class DriftMentionConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly UpRequest First = new(Steps: 2);

    /// <summary>By hand, what is mentioned then, and what undoes it.</summary>
    private static readonly string[][] Changes =
    [
        [
            "ALTER TABLE rooms ADD COLUMN colour text",
            "table rooms",
            "ALTER TABLE rooms DROP COLUMN colour",
        ],
        ["DROP INDEX rooms_name", "index rooms_name", LibraryDatabase.RoomIndex],
        ["CREATE INDEX mine ON shelves (width)", "index mine", "DROP INDEX mine"],
        [
            "DROP VIEW room_names; CREATE VIEW room_names AS SELECT id FROM rooms",
            "view room_names",
            $"DROP VIEW room_names; {LibraryDatabase.RoomView}",
        ],
        [
            "ALTER TABLE rooms RENAME TO halls",
            "index rooms_name,table rooms,table shelves,view room_names",
            "ALTER TABLE halls RENAME TO rooms",
        ],
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_change_by_hand_is_mentioned_until_it_is_undone(
        string change,
        string mentioned,
        string undo
    )
    {
        Succeed(LibraryDatabase.Catalog, First);
        Assert.That(Mentioned(), Is.Empty);

        Execute(change);
        Assert.That(Mentioned(), Is.EqualTo(mentioned));

        Execute(undo);
        Assert.That(Mentioned(), Is.Empty);
    }

    [Test]
    public void A_trigger_is_told_from_one_of_the_same_name()
    {
        Succeed(LibraryDatabase.Catalog, First);

        Execute(TDatabase.Trigger("mine", "AFTER INSERT ON rooms", "DELETE FROM shelves;"));

        Assert.That(Mentioned(), Does.StartWith("trigger mine").And.Not.Contains(","));
    }

    /// <summary>The one that a run changes as well stays as the run before it left it.</summary>
    [TestCase("ALTER TABLE rooms ADD COLUMN colour text", "table rooms")]
    [TestCase("CREATE INDEX mine ON shelves (width)", "index mine")]
    public void A_run_does_not_hide_it(string change, string mentioned)
    {
        Succeed(LibraryDatabase.Catalog, First);
        Execute(change);

        Succeed(LibraryDatabase.Catalog, new UpRequest());
        Assert.That(Mentioned(), Is.EqualTo(mentioned));

        Succeed(LibraryDatabase.Catalog, new DownRequest());
        Assert.That(Mentioned(), Is.EqualTo(mentioned));
    }

    [Test]
    public void Runs_that_keep_rows_leave_nothing_to_be_mentioned()
    {
        Succeed(LibraryDatabase.Catalog, new UpRequest());
        Execute(
            "INSERT INTO rooms (id, name, floor) VALUES (1, 'A', 2); INSERT INTO shelves (id, room) VALUES (7, 1)"
        );
        foreach (
            var request in (MigrationRequest[])
                [
                    new DownRequest(),
                    new UpRequest(),
                    new RedoRequest(2),
                    new DownRequest(All: true),
                    First,
                    new UpRequest(),
                ]
        )
        {
            Succeed(LibraryDatabase.Catalog, request, Allowed);
            Assert.That(Mentioned(), Is.Empty, $"{request}");
        }

        Assert.That(Query("SELECT room FROM shelves"), Is.EqualTo(["1"]));
    }

    [Test]
    public void Objects_of_other_owners_are_left_out()
    {
        Succeed(LibraryDatabase.Catalog, First);

        Execute(
            """
            CREATE TABLE other (room integer REFERENCES rooms (id));
            CREATE INDEX other_room ON other (room);
            CREATE VIEW of_rooms AS SELECT id FROM rooms;
            """
        );

        Assert.That(Mentioned(), Is.Empty);
    }

    [Test]
    public void A_database_without_such_a_record_has_nothing_to_be_mentioned()
    {
        Succeed(LibraryDatabase.Catalog, First);
        Execute("UPDATE \"VersionJournal\" SET \"Definitions\" = NULL");

        Execute("DROP INDEX rooms_name");

        Assert.That(Mentioned(), Is.Empty);
    }

    private string Mentioned()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return string.Join(',', DriftMention.Of(reader, HistoryReader.Read(reader)));
    }
}
