using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>Rows are neither lost silently nor orphaned.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class SqliteDataTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
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
        var failure = Fail<MigrationFailedException>(Up("DROP TABLE parent"), new UpRequest());

        Assert.That(failure.Message, Does.Contain("child").And.Contain("parent"));
    }

    [Test]
    public void A_reference_that_dangled_before_is_not_held_against_the_migration()
    {
        Execute("PRAGMA foreign_keys=OFF; INSERT INTO child VALUES (4, 99)");

        Succeed(Up("UPDATE parent SET note = 'y'"), new UpRequest());
    }

    [Test]
    public void A_parent_can_be_rebuilt_in_one_transaction()
    {
        Succeed(
            Up(
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
    public void Rows_of_a_table_that_no_statement_names_must_stay()
    {
        Execute("CREATE TABLE bystander (id INTEGER)");
        Execute("INSERT INTO bystander VALUES (1)");
        Execute("CREATE TRIGGER t AFTER UPDATE ON parent BEGIN DELETE FROM bystander; END");

        var failure = Fail<MigrationFailedException>(
            Up("UPDATE parent SET note = 'y'"),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("bystander (1 row)"));
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

        var failure = Fail<DatabaseUnavailableException>(Up("DROP TABLE t"), new UpRequest());

        Assert.That(failure.Message, Does.Contain("sqlite_autoindex_t_1"));
    }

    [TestCase("DROP TABLE child", "child (3 rows, kept in the archive)")]
    [TestCase("ALTER TABLE parent DROP COLUMN note", "parent.note (1 value, kept in the archive)")]
    [TestCase("DELETE FROM child WHERE id > 1", "child (2 rows, kept in the archive)")]
    [TestCase(
        "WITH old AS (SELECT id FROM child WHERE id > 1) DELETE FROM child WHERE id IN old",
        "child (2 rows, kept in the archive)"
    )]
    [TestCase("UPDATE parent SET note = 'z'", "parent.note (2 values changed)")]
    [TestCase(
        "DROP TABLE child; CREATE TABLE child (id INTEGER)",
        "child (3 rows, kept in the archive)"
    )]
    public void A_Down_that_takes_rows_away_needs_consent(string down, string loss)
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1", down));
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { loss }));
        Succeed(catalog, new DownRequest(), Allowed);
    }

    [TestCase("ALTER TABLE child RENAME TO kid")]
    [TestCase("ALTER TABLE parent RENAME COLUMN note TO remark")]
    [TestCase("DROP TABLE IF EXISTS nothing_there")]
    [TestCase(
        "CREATE TABLE c2 AS SELECT * FROM child; DROP TABLE child; ALTER TABLE c2 RENAME TO child"
    )]
    [TestCase("DELETE FROM child WHERE id > 100")]
    public void A_Down_that_takes_no_rows_away_needs_none(string down)
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1", down));
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new DownRequest());
    }

    [TestCase(
        "WITH x AS (SELECT 2 AS id) DELETE FROM child WHERE id IN x",
        "child (1 row, kept in the archive)"
    )]
    [TestCase("UPDATE OR REPLACE child SET id = 1 WHERE id > 1", "child (2 rows)")]
    [TestCase("REPLACE INTO note VALUES (2, 'a')", "note (1 row)")]
    [TestCase(
        "CREATE TRIGGER tr AFTER INSERT ON parent BEGIN DELETE FROM child; END; DELETE FROM child WHERE id = 0; INSERT INTO parent VALUES (3, '')",
        "child (3 rows)"
    )]
    [TestCase(
        "ALTER TABLE child RENAME TO kid; WITH x AS (SELECT 2) DELETE FROM kid",
        "child (3 rows, kept in the archive)"
    )]
    public void A_Down_that_takes_rows_away_by_other_ways_needs_consent_too(
        string down,
        string loss
    )
    {
        Execute(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, a UNIQUE); INSERT INTO note VALUES (1, 'a'), (2, 'b')"
        );
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1", down));
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { loss }));
        Succeed(catalog, new DownRequest(), Allowed);
    }

    [Test]
    public void A_virtual_table_can_be_dropped_and_its_rows_are_told()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE VIRTUAL TABLE f USING fts5 (a)", "DROP TABLE f")
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO f VALUES ('x'), ('y')");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Losses.Select(l => l.ToString()), Is.EqualTo(new[] { "f (2 rows)" }));
        Succeed(catalog, new DownRequest(), Allowed);
    }

    private static Engine.Catalog.MigrationCatalog Up(string sql) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", sql));
}
