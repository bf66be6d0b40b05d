using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>What does not fit stays in the archive and is told; it never stops the Up.</summary>
public sealed class ArchiveMisfitTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Table = "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a TEXT)";

    [Test]
    public void Rows_whose_place_is_taken_are_told_by_the_Up()
    {
        var catalog = Sql(Table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t VALUES (1, 'old'), (2, 'same'), (3, 'old')");
        Execute(Table + "; INSERT INTO t VALUES (1, 'live'), (2, 'same')");

        var restored = Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|live", "2|same", "3|old" }));
        Assert.That(restored.Sum(rows => rows.Rows), Is.EqualTo(2));
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT) STRICT")]
    [TestCase("CREATE TABLE t (id INTEGER, a INTEGER PRIMARY KEY)")]
    [TestCase("CREATE TABLE t (id INTEGER, a TEXT, g AS (json_extract(a, '$.x')) STORED)")]
    [TestCase("CREATE TABLE t (id INTEGER, a TEXT); CREATE INDEX i ON t (json_extract(a, '$.x'))")]
    [TestCase("CREATE TABLE t (id INTEGER, a TEXT CHECK (json_extract(a, '$.x') > 0))")]
    public void A_newer_Up_whose_table_cannot_hold_the_values_succeeds_without_them(string up)
    {
        Revert(
            Sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", "DROP TABLE t"),
            "INSERT INTO t VALUES (1, 'x')"
        );

        var restored = Reapply(Sql(up + "; INSERT INTO t (id, a) VALUES (7, '7')", "DROP TABLE t"));

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "7" }));
        Assert.That(restored.Single().Left, Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
        Assert.That(Query("SELECT a FROM VersionArchive_1"), Is.EqualTo(new[] { "x" }));
    }

    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", "7|live", "8|x")]
    [TestCase("CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT)", "7|live", "|x")]
    public void Rows_without_the_key_that_their_table_has_now_come_back(
        string newer,
        params string[] rows
    )
    {
        Revert(
            Sql("CREATE TABLE t (a TEXT)", "DROP TABLE t"),
            "INSERT INTO t (rowid, a) VALUES (8, 'x')"
        );
        Execute(newer + "; INSERT INTO t VALUES (7, 'live')");

        var restored = Reapply(Sql("SELECT 1", "DROP TABLE t"));

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(rows));
        Assert.That(restored.Single().Rows, Is.EqualTo(1));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_newer_column_that_cannot_hold_the_values_stops_nothing_either()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT");
        Revert(
            Sql("ALTER TABLE t ADD COLUMN c TEXT", "ALTER TABLE t DROP COLUMN c"),
            "INSERT INTO t VALUES (1, 'x')"
        );

        var restored = Reapply(
            Sql("ALTER TABLE t ADD COLUMN c INT", "ALTER TABLE t DROP COLUMN c")
        );

        Assert.That(restored.Single().Left, Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t.c 1 LeftOver" }));
    }

    [TestCase("CREATE TABLE p (id TEXT PRIMARY KEY); INSERT INTO p VALUES ('01')", "INTEGER", "1")]
    [TestCase("CREATE TABLE p (id PRIMARY KEY); INSERT INTO p VALUES (1)", "TEXT", "'1'")]
    public void Nothing_that_comes_back_dangles_by_the_rules_of_foreign_keys(
        string parent,
        string type,
        string value
    )
    {
        Execute(parent);
        var catalog = Sql(
            $"CREATE TABLE t (id INTEGER PRIMARY KEY, p {type} REFERENCES p (id))",
            "DROP TABLE t"
        );
        Revert(catalog, $"PRAGMA foreign_keys=OFF; INSERT INTO t VALUES (1, {value}), (2, NULL)");

        Reapply(catalog);

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "2" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [TestCase("CREATE TABLE p (id TEXT PRIMARY KEY)", "INTEGER", "'1'", "1")]
    [TestCase("CREATE TABLE p (id TEXT COLLATE NOCASE PRIMARY KEY)", "TEXT", "'a'", "'A'")]
    [TestCase("CREATE TABLE p (id INTEGER PRIMARY KEY)", "TEXT", "1", "'1'")]
    public void Parents_of_another_type_are_found(
        string p,
        string type,
        string parent,
        string child
    )
    {
        Execute($"{p}; INSERT INTO p VALUES ({parent})");
        var catalog = Sql(
            $"CREATE TABLE t (id INTEGER PRIMARY KEY, p {type} REFERENCES p (id))",
            "DROP TABLE t"
        );
        Revert(catalog, $"INSERT INTO t VALUES (1, {child})");

        Reapply(catalog);

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Rows_that_refer_to_a_column_which_comes_back_come_back()
    {
        Execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
        var catalog = Sql(
            """
            ALTER TABLE users ADD COLUMN uuid TEXT;
            CREATE UNIQUE INDEX by_uuid ON users (uuid);
            CREATE TABLE sessions (id INTEGER PRIMARY KEY, uuid TEXT REFERENCES users (uuid));
            """,
            "DROP TABLE sessions; DROP INDEX by_uuid; ALTER TABLE users DROP COLUMN uuid"
        );
        Revert(
            catalog,
            "INSERT INTO users VALUES (1, 'u1'); INSERT INTO sessions VALUES (1, 'u1')"
        );

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM sessions, users"), Is.EqualTo(new[] { "1|u1|1|u1" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_value_that_refers_to_a_row_which_cannot_come_back_stays_as_well()
    {
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var catalog = Sql(
            "CREATE TABLE teams (id INTEGER PRIMARY KEY, p REFERENCES p (id)); ALTER TABLE t ADD COLUMN team REFERENCES teams (id)",
            "ALTER TABLE t DROP COLUMN team; DROP TABLE teams"
        );
        Revert(
            catalog,
            "INSERT INTO p VALUES (1); INSERT INTO teams VALUES (1, 1), (2, NULL); INSERT INTO t VALUES (1, 1), (2, 2)"
        );
        Execute("DELETE FROM p");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|", "2|2" }));
        Assert.That(Archives(), Is.EquivalentTo(new[] { "t.team 1 LeftOver", "teams 1 LeftOver" }));
    }

    [Test]
    public void The_value_of_a_row_that_cannot_come_back_stays_with_it()
    {
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        var catalog = Sql(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, p REFERENCES p (id)); ALTER TABLE t ADD COLUMN c TEXT",
            "ALTER TABLE t DROP COLUMN c; DROP TABLE t"
        );
        Revert(catalog, "INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 'c1')");
        Execute("DELETE FROM p");

        Reapply(catalog);

        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
        Assert.That(Query("SELECT id, p, c FROM VersionArchive_1"), Is.EqualTo(new[] { "1|1|c1" }));
    }

    [Test]
    public void A_value_that_was_cleared_is_not_filled_in_again()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c TEXT; UPDATE t SET c = 'filled in'",
            "ALTER TABLE t DROP COLUMN c"
        );
        Revert(catalog, "UPDATE t SET c = NULL WHERE id = 1");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|", "2|filled in" }));
    }

    [Test]
    public void Nothing_is_told_of_a_row_that_is_gone_and_had_no_value()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c TEXT", "ALTER TABLE t DROP COLUMN c");
        Revert(catalog, "INSERT INTO t VALUES (1, 'x'), (2, NULL)");
        Execute("DELETE FROM t WHERE id = 2");

        var restored = Reapply(catalog);

        Assert.That(restored.Single().Rows, Is.EqualTo(1));
        Assert.That(restored.Single().Left, Is.EqualTo(0));
    }

    [Test]
    public void Unique_values_that_people_exchanged_come_back()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c INT; UPDATE t SET c = id; CREATE UNIQUE INDEX i ON t (c)",
            "DROP INDEX i; ALTER TABLE t DROP COLUMN c"
        );
        Revert(
            catalog,
            "UPDATE t SET c = 4 WHERE id = 3; UPDATE t SET c = 3 WHERE id = 2; UPDATE t SET c = 2 WHERE id = 1"
        );

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|2", "2|3", "3|4" }));
        Assert.That(Archives(), Is.Empty);
    }
}
