using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Rows;

/// <summary>Rows are neither lost silently nor orphaned.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class RowGuardConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [SetUp]
    public void AddFamily() =>
        Execute(
            """
            CREATE TABLE parent (id integer PRIMARY KEY, note text);
            CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent (id) ON DELETE CASCADE);
            INSERT INTO parent (id, note) VALUES (1, 'x'), (2, NULL);
            INSERT INTO child (id, parent_id) VALUES (1, 1), (2, 2), (3, 2);
            """
        );

    [Test]
    public void Dropping_a_parent_keeps_its_children_from_vanishing_and_is_refused()
    {
        var failure = Fail<MigrationFailedException>(Sql("DROP TABLE parent"), new UpRequest());

        Assert.That(
            $"{failure.Message} {failure.Detail}",
            Does.Contain("child").And.Contain("parent")
        );
    }

    [Test]
    public void Rows_of_a_table_that_no_statement_names_must_stay()
    {
        Execute("CREATE TABLE bystander (id integer); INSERT INTO bystander (id) VALUES (1)");
        Execute(TDatabase.Trigger("t", "AFTER UPDATE ON parent", "DELETE FROM bystander;"));

        var failure = Fail<MigrationFailedException>(
            Sql("UPDATE parent SET note = 'y'"),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("bystander (1 row)"));
    }

    [TestCase("DROP TABLE child", "child (3 rows, kept in the archive)")]
    [TestCase("ALTER TABLE parent DROP COLUMN note", "parent.note (1 value, kept in the archive)")]
    [TestCase("DELETE FROM child WHERE id > 1", "child (2 rows, kept in the archive)")]
    [TestCase(
        "WITH x AS (SELECT id FROM child WHERE id > 1) DELETE FROM child WHERE id IN (SELECT id FROM x)",
        "child (2 rows, kept in the archive)"
    )]
    [TestCase(
        "WITH x AS (SELECT 2 AS id) DELETE FROM child WHERE id IN (SELECT id FROM x)",
        "child (1 row, kept in the archive)"
    )]
    [TestCase(
        "ALTER TABLE child RENAME TO kid; WITH x AS (SELECT 2) DELETE FROM kid",
        "child (3 rows, kept in the archive)"
    )]
    [TestCase("UPDATE parent SET note = 'z'", "parent.note (2 values changed)")]
    [TestCase(
        "DROP TABLE child; CREATE TABLE child (id integer)",
        "child (3 rows, kept in the archive)"
    )]
    public void A_Down_that_takes_rows_away_needs_consent(string down, string loss) =>
        RequireConsent(down, loss);

    [Test]
    public void A_Down_whose_trigger_takes_rows_away_needs_consent_too() =>
        RequireConsent(
            TDatabase.Trigger("tr", "AFTER INSERT ON parent", "DELETE FROM child;")
                + "DELETE FROM child WHERE id = 0; INSERT INTO parent (id, note) VALUES (3, '')",
            "child (3 rows)"
        );

    [TestCase("ALTER TABLE child RENAME TO kid")]
    [TestCase("ALTER TABLE parent RENAME COLUMN note TO remark")]
    [TestCase("DROP TABLE IF EXISTS nothing_there")]
    [TestCase(
        "CREATE TABLE c2 AS SELECT * FROM child; DROP TABLE child; ALTER TABLE c2 RENAME TO child"
    )]
    [TestCase("DELETE FROM child WHERE id > 100")]
    public void A_Down_that_takes_no_rows_away_needs_none(string down)
    {
        var catalog = Sql("SELECT 1", down);
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new DownRequest());
    }

    private void RequireConsent(string down, string loss)
    {
        var catalog = Sql("SELECT 1", down);
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { loss }));
        Succeed(catalog, new DownRequest(), Allowed);
    }
}
