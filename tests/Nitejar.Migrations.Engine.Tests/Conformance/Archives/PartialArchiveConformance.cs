using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>Columns, rebuilt tables, references: what comes back of them, and what stays in the archive.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class PartialArchiveConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [TestCase("id integer PRIMARY KEY", "c text", "'2'", "NULL")]
    [TestCase("id text PRIMARY KEY", "c text", "'2'", "NULL")]
    [TestCase(
        "id integer, x integer DEFAULT 1, PRIMARY KEY (x, id)",
        "c numeric NOT NULL DEFAULT 5",
        "2.5",
        "0"
    )]
    public void Values_of_a_dropped_column_come_back(
        string columns,
        string column,
        string second,
        string third
    )
    {
        Execute($"CREATE TABLE t ({columns})");
        var catalog = Sql($"ALTER TABLE t ADD COLUMN {column}", "ALTER TABLE t DROP COLUMN c");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES ('1'), ('2'), ('3')");
        Execute($"UPDATE t SET c = {second} WHERE id = '2'");
        Execute($"UPDATE t SET c = {third} WHERE id = '3'");
        var before = Query("SELECT * FROM t ORDER BY id");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    /// <summary>Where nothing tells the rows apart, what would be lost is named and refused.</summary>
    [Test]
    public void Values_of_a_column_of_a_table_without_a_key_come_back_or_are_named()
    {
        Execute("CREATE TABLE t (id integer)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c text DEFAULT 'new'",
            "ALTER TABLE t DROP COLUMN c"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, c) VALUES (1, 'new'), (2, '2'), (3, NULL)");
        var before = Query("SELECT * FROM t ORDER BY id");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(
            refused.Losses.Single().ToString(),
            Is.EqualTo(
                TDatabase.NumbersRows ? "t.c (2 values, kept in the archive)" : "t.c (2 values)"
            )
        );
        Assert.That(
            Query("SELECT * FROM t ORDER BY id"),
            TDatabase.NumbersRows ? Is.EqualTo(before) : Is.Not.EqualTo(before)
        );
    }

    [Test]
    public void A_value_whose_row_went_meanwhile_stays_in_the_archive()
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY)");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c text", "ALTER TABLE t DROP COLUMN c");
        Revert(catalog, "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'b')");
        Execute("DELETE FROM t WHERE id = 1; INSERT INTO t (id) VALUES (3)");

        var restored = Reapply(catalog);

        Assert.That(Query("SELECT id, c FROM t ORDER BY id"), Is.EqualTo(new[] { "2|b", "3|" }));
        Assert.That(restored[0], Has.Property("Rows").EqualTo(1));
        Assert.That(restored[0], Has.Property("Left").EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t.c 1 LeftOver" }));
        Assert.That(Query("SELECT id, c FROM \"VersionArchive_1\""), Is.EqualTo(new[] { "1|a" }));
    }

    [Test]
    public void Rows_whose_parent_went_meanwhile_stay_in_the_archive_with_all_that_hangs_on_them()
    {
        Execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        Execute("INSERT INTO parent (id) VALUES (1), (2)");
        var catalog = Sql(
            """
            CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent);
            CREATE TABLE toy (id integer PRIMARY KEY, child_id integer REFERENCES child (id));
            CREATE TABLE tree (id integer PRIMARY KEY, up integer REFERENCES tree, toy_id integer REFERENCES toy);
            """,
            "DROP TABLE tree; DROP TABLE toy; DROP TABLE child"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO child (id, parent_id) VALUES (1, 1), (2, 2), (3, NULL)");
        Execute("INSERT INTO toy (id, child_id) VALUES (10, 1), (20, 2), (30, 3)");
        Execute(
            "INSERT INTO tree (id, up, toy_id) VALUES (1, NULL, 10), (2, 1, 30), (3, 2, NULL), (4, 4, 20)"
        );
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DELETE FROM parent WHERE id = 1");

        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM child ORDER BY id"), Is.EqualTo(new[] { "2", "3" }));
        Assert.That(Query("SELECT id FROM toy ORDER BY id"), Is.EqualTo(new[] { "20", "30" }));
        Assert.That(Query("SELECT id FROM tree"), Is.EqualTo(new[] { "4" }));
        Assert.That(Dangling(), Is.Empty);
        Assert.That(
            Archives(),
            Is.EquivalentTo(new[] { "child 1 LeftOver", "toy 1 LeftOver", "tree 3 LeftOver" })
        );
    }

    [Test]
    public void Rows_that_refer_to_each_other_come_back()
    {
        var catalog = Sql(
            "CREATE TABLE pair (id integer PRIMARY KEY, other integer REFERENCES pair (id))",
            "DROP TABLE pair"
        );
        Revert(catalog, "INSERT INTO pair (id, other) VALUES (1, 2), (2, 3), (3, 1)");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM pair ORDER BY id"),
            Is.EqualTo(new[] { "1|2", "2|3", "3|1" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_rebuilt_table_is_not_archived()
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY, a text)");
        Execute("INSERT INTO t (id, a) VALUES (1, 'x'), (2, 'y')");
        var catalog = Sql(
            "SELECT 1",
            """
            CREATE TABLE n (id integer PRIMARY KEY, a text NOT NULL);
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
        Execute("CREATE TABLE t (id text PRIMARY KEY, a text)");
        Execute("INSERT INTO t (id, a) VALUES ('1', 'x'), ('2', 'y')");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c text",
            """
            CREATE TABLE n (id text PRIMARY KEY, a text);
            INSERT INTO n SELECT id, a FROM t WHERE a <> 'extra';
            DROP TABLE t;
            ALTER TABLE n RENAME TO t;
            """
        );
        Succeed(catalog, new UpRequest());
        Execute(
            "INSERT INTO t (id, a, c) VALUES ('3', 'extra', 'c3'); UPDATE t SET c = 'c1' WHERE id = '1'"
        );
        var before = Query("SELECT * FROM t ORDER BY id");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(
            refused.Message,
            Does.Contain("t (1 row, kept in the archive)").And.Contain("t.c (2 values")
        );

        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Query("SELECT id FROM t ORDER BY id"), Is.EqualTo(new[] { "1", "2" }));
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_are_there_by_now_are_never_overwritten()
    {
        const string table = "CREATE TABLE IF NOT EXISTS t (id integer PRIMARY KEY, a text)";
        var catalog = Sql(table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (id, a) VALUES (1, 'old'), (2, 'old')");
        Execute($"{table}; INSERT INTO t (id, a) VALUES (1, 'live')");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|live", "2|old" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [Test]
    public void A_migration_that_makes_another_table_now_leaves_the_rows_in_the_archive()
    {
        Succeed(Sql("CREATE TABLE t (id integer, a text)", "DROP TABLE t"), new UpRequest());
        Execute("INSERT INTO t (id, a) VALUES (1, 'x')");
        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        var restored = Reapply(Sql("CREATE TABLE t (id integer)", "DROP TABLE t"));

        Assert.That(restored[0].Reason, Does.Contain("no column a"));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [Test]
    public void What_was_left_over_once_is_not_put_back_by_surprise()
    {
        Execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        Execute("INSERT INTO parent (id) VALUES (1)");
        var catalog = Sql(
            "CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent)",
            "DROP TABLE child"
        );
        Revert(catalog, "INSERT INTO child (id, parent_id) VALUES (1, 1)");
        Execute("DELETE FROM parent");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO parent (id) VALUES (1)");

        Succeed(catalog, new RedoRequest());

        Assert.That(Query("SELECT count(*) FROM child"), Is.EqualTo(new[] { "0" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "child 1 LeftOver" }));
    }

    [Test]
    public void Down_of_a_column_and_of_its_table_gets_both_back()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE t (id text PRIMARY KEY)", "DROP TABLE t"),
            MigrationsOf.Sql(
                2,
                "Two",
                "ALTER TABLE t ADD COLUMN c text",
                "ALTER TABLE t DROP COLUMN c"
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, c) VALUES ('a', 'x'), ('b', NULL)");

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "a|x", "b|" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void An_archive_table_that_somebody_dropped_stops_nothing()
    {
        var catalog = Sql("CREATE TABLE t (id integer)", "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (id) VALUES (1)");
        Execute("DROP TABLE \"VersionArchive_1\"");

        var restored = Reapply(catalog);

        Assert.That(restored[0].Reason, Is.EqualTo("VersionArchive_1 is gone"));
    }
}
