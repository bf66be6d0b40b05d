using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>Rows are neither lost silently nor orphaned, whatever SQLite itself does not check.</summary>
public sealed class SqliteRowGuardTests : ConformanceTests<SqliteTestDatabase>
{
    [SetUp]
    public void AddFamily()
    {
        Execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, note TEXT)");
        Execute(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id REFERENCES parent (id) ON DELETE CASCADE)"
        );
        Execute("INSERT INTO parent VALUES (1, 'x'), (2, NULL)");
        Execute("INSERT INTO child VALUES (1, 1), (2, 2), (3, 2)");
    }

    [Test]
    public void Dropping_a_parent_keeps_its_children_from_vanishing_and_is_refused()
    {
        var failure = Fail<MigrationFailedException>(Sql("DROP TABLE parent"), new UpRequest());

        Assert.That(failure.Message, Does.Contain("child").And.Contain("parent"));
    }

    [Test]
    public void A_reference_that_dangled_before_is_not_held_against_the_migration()
    {
        Execute("PRAGMA foreign_keys=OFF; INSERT INTO child VALUES (4, 99)");

        Succeed(Sql("UPDATE parent SET note = 'y'"), new UpRequest());
    }

    [Test]
    public void A_parent_can_be_rebuilt_in_one_transaction()
    {
        Succeed(
            Sql(
                """
                CREATE TABLE new_parent (id INTEGER PRIMARY KEY, note TEXT NOT NULL DEFAULT '');
                INSERT INTO new_parent SELECT id, coalesce(note, '') FROM parent;
                DROP TABLE parent;
                ALTER TABLE new_parent RENAME TO parent;
                """
            ),
            new UpRequest()
        );

        Assert.That(
            Query("SELECT count(*) FROM child JOIN parent ON parent.id = parent_id"),
            Is.EqualTo(new[] { "3" })
        );
    }

    [Test]
    public void A_damaged_schema_is_not_made_unreadable()
    {
        Execute(
            """
            CREATE TABLE t (id TEXT PRIMARY KEY);
            PRAGMA writable_schema=ON;
            UPDATE sqlite_master SET tbl_name = 'x' WHERE name = 'sqlite_autoindex_t_1';
            """
        );

        var failure = Fail<DatabaseUnavailableException>(Sql("DROP TABLE t"), new UpRequest());

        Assert.That(failure.Message, Does.Contain("sqlite_autoindex_t_1"));
    }

    [TestCase(
        "WITH old AS (SELECT id FROM child WHERE id > 1) DELETE FROM child WHERE id IN old",
        "child (2 rows, kept in the archive)"
    )]
    [TestCase("UPDATE OR REPLACE child SET id = 1 WHERE id > 1", "child (2 rows)")]
    [TestCase("REPLACE INTO note VALUES (2, 'a')", "note (1 row)")]
    public void A_Down_that_takes_rows_away_by_other_ways_needs_consent_too(
        string down,
        string loss
    )
    {
        Execute(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, a UNIQUE); INSERT INTO note VALUES (1, 'a'), (2, 'b')"
        );
        var catalog = Sql("SELECT 1", down);
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { loss }));
        Succeed(catalog, new DownRequest(), Allowed);
    }

    [Test]
    public void A_virtual_table_can_be_dropped_and_its_rows_are_told()
    {
        var catalog = Sql("CREATE VIRTUAL TABLE f USING fts5 (a)", "DROP TABLE f");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO f VALUES ('x'), ('y')");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { "f (2 rows)" }));
        Succeed(catalog, new DownRequest(), Allowed);
    }
}
