using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Trust;

/// <summary>A database that another tool has made is taken over as it is.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class AdoptionConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly UpRequest AdoptingUp = new() { Adopts = true };

    /// <summary>What the other tool has made otherwise, and the point that comes of it.</summary>
    private static readonly string[][] Points =
    [
        ["DROP INDEX rooms_name", "Note: index rooms_name"],
        ["CREATE INDEX mine ON rooms (name); ALTER TABLE shelves ADD COLUMN own text", ""],
        [
            "DROP TABLE shelves; CREATE TABLE shelves (id integer PRIMARY KEY, room integer, width integer NOT NULL DEFAULT 80 CHECK (width > 0))",
            "Refusal: foreign key shelves(room)",
        ],
        ["DROP VIEW room_names", "Refusal: view room_names"],
        ["ALTER TABLE rooms ADD COLUMN floor text", "Refusal: column rooms.floor"],
    ];

    [Test]
    public void Only_the_history_is_written()
    {
        MakeByHand();
        var before = Query("SELECT id, name FROM rooms").Concat(TableNames()).ToArray();

        var result = Succeed(LibraryDatabase.Catalog, new AdoptRequest());

        Assert.That(
            result.Steps.Select(step => $"{step.Id} {step.State}"),
            Is.EqualTo(["1_Rooms Adopted", "2_Shelves Adopted"])
        );
        Assert.That(result.AdoptionPoints, Is.Empty);
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(
            Query("SELECT id, name FROM rooms").Concat(TableNames()),
            Is.SupersetOf(before)
        );
        Assert.That(
            ReadJournal().Select(entry => (entry.Outcome, entry.Reversal)),
            Is.All.EqualTo((JournalOutcome.Adopted, Reversal.None))
        );
    }

    [TestCaseSource(nameof(Points))]
    public void What_was_made_otherwise_is_noted_or_refused(string otherwise, string point)
    {
        MakeByHand();
        Execute(otherwise);

        var preview = new DryRun(Database, LibraryDatabase.Catalog).Preview(
            new AdoptRequest(),
            NoWait
        );

        Assert.That(
            string.Join(
                '\n',
                preview.AdoptionPoints.Select(found => $"{found.Level}: {found.Subject}")
            ),
            Is.EqualTo(point)
        );
        Assert.That(
            preview.Verdict is RefusedException,
            Is.EqualTo(point.StartsWith(nameof(PointLevel.Refusal), StringComparison.Ordinal))
        );
    }

    [Test]
    public void A_refusal_changes_nothing()
    {
        MakeByHand();
        Execute("DROP VIEW room_names");

        Fail<RefusedException>(LibraryDatabase.Catalog, new AdoptRequest());
        Fail<RefusedException>(LibraryDatabase.Catalog, AdoptingUp);
        Fail<RefusedException>(LibraryDatabase.Catalog, new UpRequest());
    }

    [Test]
    public void Up_adopts_and_goes_on_in_one_run()
    {
        MakeByHand();

        var result = Succeed(LibraryDatabase.Catalog, AdoptingUp);

        Assert.That(
            result.Steps.Select(step => step.State),
            Is.EqualTo([StepState.Adopted, StepState.Adopted, StepState.Applied])
        );
        Assert.That(ReadJournal().Select(entry => entry.RunId).Distinct(), Has.One.Items);
        Assert.That(Query("SELECT name, floor FROM rooms"), Is.EqualTo(["A|"]));

        // What was adopted is never reverted.
        Succeed(LibraryDatabase.Catalog, new DownRequest());
        Fail<RefusedException>(LibraryDatabase.Catalog, new DownRequest(All: true));
    }

    [Test]
    public void A_step_that_fails_takes_the_adoption_with_it()
    {
        MakeByHand();
        var catalog = MigrationsOf.Catalog([
            .. LibraryDatabase.Catalog.All,
            MigrationsOf.Sql(4, "Wrong", "INSERT INTO rooms (id) VALUES (1)"),
        ]);

        Fail<MigrationFailedException>(catalog, AdoptingUp);
    }

    [Test]
    public void Nothing_is_adopted_where_nothing_is()
    {
        Execute("CREATE TABLE other (id integer)");

        Assert.That(Succeed(LibraryDatabase.Catalog, new AdoptRequest()).Steps, Is.Empty);
        Assert.That(TableNames(), Is.EqualTo(["other"]));
    }

    private void MakeByHand() =>
        Execute(
            $"{LibraryDatabase.Rooms}; {LibraryDatabase.Shelves}; INSERT INTO rooms (id) VALUES (1); INSERT INTO shelves (id, room) VALUES (7, 1)"
        );

    private IReadOnlyList<JournalEntry> ReadJournal()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        return reader.ReadJournal();
    }
}
