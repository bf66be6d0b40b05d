using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Columns, rebuilt tables, references: what comes back of them, and what stays in the archive.</summary>
public sealed class PartialArchiveTests : ArchiveFixture<SqliteTestDatabase>
{
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY)", "ALTER TABLE t ADD COLUMN c TEXT")]
    [TestCase("CREATE TABLE t (id TEXT PRIMARY KEY COLLATE NOCASE)", "ALTER TABLE t ADD COLUMN c")]
    [TestCase("CREATE TABLE t (id INT)", "ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'new'")]
    [TestCase(
        "CREATE TABLE t (id INT, x DEFAULT 1, PRIMARY KEY (x, id)) WITHOUT ROWID",
        "ALTER TABLE t ADD COLUMN c NUMERIC NOT NULL DEFAULT 5"
    )]
    public void Values_of_a_dropped_column_come_back(string table, string column)
    {
        Execute(table);
        var catalog = Sql(column, "ALTER TABLE t DROP COLUMN c");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1), (2), (3)");
        Execute("UPDATE t SET c = 'value' WHERE id = 2");
        Execute("UPDATE OR IGNORE t SET c = NULL WHERE id = 3");
        var before = Query("SELECT *, typeof(c) FROM t");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT *, typeof(c) FROM t"), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_value_whose_row_went_meanwhile_stays_in_the_archive()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c TEXT", "ALTER TABLE t DROP COLUMN c");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (3)");

        var up = Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id, c FROM t"), Is.EqualTo(new[] { "2|b", "3|" }));
        Assert.That(up.Steps[0].Data.Restored[0], Has.Property("Rows").EqualTo(1));
        Assert.That(up.Steps[0].Data.Restored[0], Has.Property("Left").EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t.c 1 LeftOver" }));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|a" }));
    }

    [Test]
    public void Rows_whose_parent_went_meanwhile_stay_in_the_archive_with_all_that_hangs_on_them()
    {
        Execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        Execute("INSERT INTO parent VALUES (1), (2)");
        var catalog = Sql(
            """
            CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id REFERENCES parent);
            CREATE TABLE toy (id INTEGER PRIMARY KEY, child_id REFERENCES child (id));
            CREATE TABLE tree (id INTEGER PRIMARY KEY, up REFERENCES tree, toy_id REFERENCES toy);
            """,
            "DROP TABLE tree; DROP TABLE toy; DROP TABLE child"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO child VALUES (1, 1), (2, 2), (3, NULL)");
        Execute("INSERT INTO toy VALUES (10, 1), (20, 2), (30, 3)");
        Execute("INSERT INTO tree VALUES (1, NULL, 10), (2, 1, 30), (3, 2, NULL), (4, 4, 20)");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DELETE FROM parent WHERE id = 1");

        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM child"), Is.EqualTo(new[] { "2", "3" }));
        Assert.That(Query("SELECT id FROM toy"), Is.EqualTo(new[] { "20", "30" }));
        Assert.That(Query("SELECT id FROM tree"), Is.EqualTo(new[] { "4" }));
        Assert.That(Query("PRAGMA foreign_key_check"), Is.Empty);
        Assert.That(
            Archives(),
            Is.EquivalentTo(new[] { "child 1 LeftOver", "toy 1 LeftOver", "tree 3 LeftOver" })
        );
    }

    [Test]
    public void References_in_a_circle_come_back()
    {
        var catalog = Sql(
            """
            CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES b (id));
            CREATE TABLE b (id INTEGER PRIMARY KEY, a_id REFERENCES a (id));
            """,
            "DROP TABLE a; DROP TABLE b"
        );
        Succeed(catalog, new UpRequest());
        Execute(
            "PRAGMA foreign_keys=OFF; INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (2, 1)"
        );

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM a, b"), Is.EqualTo(new[] { "1|2|2|1" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_rebuilt_table_is_not_archived()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
        Execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        var catalog = Sql(
            "SELECT 1",
            """
            CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
            INSERT INTO n SELECT * FROM t;
            DROP TABLE t;
            ALTER TABLE n RENAME TO t;
            """
        );
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new DownRequest());

        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_table_rebuilt_with_fewer_rows_and_columns_gets_both_back()
    {
        Execute("CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT)");
        Execute("INSERT INTO t VALUES ('1', 'x'), ('2', 'y')");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c TEXT",
            """
            CREATE TABLE n (id TEXT PRIMARY KEY, a TEXT);
            INSERT INTO n SELECT id, a FROM t WHERE a <> 'extra';
            DROP TABLE t;
            ALTER TABLE n RENAME TO t;
            """
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES ('3', 'extra', 'c3'); UPDATE t SET c = 'c1' WHERE id = '1'");
        var before = Query("SELECT * FROM t ORDER BY id");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(
            refused.Message,
            Does.Contain("t (1 row, kept in the archive)").And.Contain("t.c (2 values")
        );

        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "2" }));
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_are_there_by_now_are_never_overwritten()
    {
        var catalog = Sql(
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a TEXT)",
            "DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1, 'old'), (2, 'old')");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'live')"
        );

        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|live", "2|old" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [Test]
    public void A_migration_that_makes_another_table_now_leaves_the_rows_in_the_archive()
    {
        Succeed(Sql("CREATE TABLE t (id INTEGER, a TEXT)", "DROP TABLE t"), new UpRequest());
        Execute("INSERT INTO t VALUES (1, 'x')");
        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        var up = Succeed(Sql("CREATE TABLE t (id INTEGER)", "DROP TABLE t"), new UpRequest());

        Assert.That(up.Steps[0].Data.Restored[0].Reason, Does.Contain("no column a"));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [Test]
    public void What_was_left_over_once_is_not_put_back_by_surprise()
    {
        Execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        Execute("INSERT INTO parent VALUES (1)");
        var catalog = Sql(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id REFERENCES parent)",
            "DROP TABLE child"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO child VALUES (1, 1)");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DELETE FROM parent");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO parent VALUES (1)");

        Succeed(catalog, new RedoRequest());

        Assert.That(Query("SELECT count(*) FROM child"), Is.EqualTo(new[] { "0" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "child 1 LeftOver" }));
    }

    [Test]
    public void Down_of_a_column_and_of_its_table_gets_both_back()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE t (id TEXT PRIMARY KEY)", "DROP TABLE t"),
            MigrationsOf.Sql(
                2,
                "Two",
                "ALTER TABLE t ADD COLUMN c TEXT",
                "ALTER TABLE t DROP COLUMN c"
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES ('a', 'x'), ('b', NULL)");

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "a|x", "b|" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void An_archive_table_that_somebody_dropped_stops_nothing()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1)");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DROP TABLE VersionArchive_1");

        var up = Succeed(catalog, new UpRequest());

        Assert.That(up.Steps[0].Data.Restored[0].Reason, Is.EqualTo("VersionArchive_1 is gone"));
    }
}
