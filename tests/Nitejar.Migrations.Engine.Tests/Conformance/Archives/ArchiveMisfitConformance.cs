namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>What does not fit stays in the archive and is told; it never stops the Up.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ArchiveMisfitConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Table = "CREATE TABLE IF NOT EXISTS t (id integer PRIMARY KEY, a text)";

    [Test]
    public void Rows_whose_place_is_taken_are_told_by_the_Up()
    {
        var catalog = Sql(Table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (id, a) VALUES (1, 'old'), (2, 'same'), (3, 'old')");
        Execute($"{Table}; INSERT INTO t (id, a) VALUES (1, 'live'), (2, 'same')");

        var restored = Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM t ORDER BY id"),
            Is.EqualTo(new[] { "1|live", "2|same", "3|old" })
        );
        Assert.That(restored.Sum(rows => rows.Rows), Is.EqualTo(2));
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
    }

    [TestCase("id integer, a integer PRIMARY KEY")]
    [TestCase("id integer, a text CHECK (a <> 'x')")]
    [TestCase("id integer CHECK (id > 1), a text")]
    public void A_newer_Up_whose_table_cannot_hold_the_values_succeeds_without_them(string columns)
    {
        Revert(
            Sql("CREATE TABLE t (id integer PRIMARY KEY, a text)", "DROP TABLE t"),
            "INSERT INTO t (id, a) VALUES (1, 'x')"
        );

        var restored = Reapply(
            Sql(
                $"CREATE TABLE t ({columns}); INSERT INTO t (id, a) VALUES (7, '7')",
                "DROP TABLE t"
            )
        );

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "7" }));
        Assert.That(restored.Single().Left, Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
        Assert.That(Query("SELECT a FROM \"VersionArchive_1\""), Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public void Rows_without_the_key_that_their_table_has_now_come_back()
    {
        Revert(
            Sql("CREATE TABLE t (a text)", "DROP TABLE t"),
            "INSERT INTO t (a) VALUES ('gone'); INSERT INTO t (a) VALUES ('x'); DELETE FROM t WHERE a = 'gone'"
        );
        Execute(
            $"CREATE TABLE t (id {TDatabase.NumberedKey}, a text); INSERT INTO t (a) VALUES ('live')"
        );

        var restored = Reapply(Sql("SELECT 1", "DROP TABLE t"));

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|live", "2|x" }));
        Assert.That(restored.Single().Rows, Is.EqualTo(1));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_refer_to_a_column_which_comes_back_come_back()
    {
        Execute("CREATE TABLE users (id integer PRIMARY KEY)");
        var catalog = Sql(
            """
            ALTER TABLE users ADD COLUMN uuid text;
            CREATE UNIQUE INDEX by_uuid ON users (uuid);
            CREATE TABLE sessions (id integer PRIMARY KEY, uuid text REFERENCES users (uuid));
            """,
            "DROP TABLE sessions; DROP INDEX by_uuid; ALTER TABLE users DROP COLUMN uuid"
        );
        Revert(
            catalog,
            "INSERT INTO users (id, uuid) VALUES (1, 'u1'); INSERT INTO sessions (id, uuid) VALUES (1, 'u1')"
        );

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM sessions, users"), Is.EqualTo(new[] { "1|u1|1|u1" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_value_that_refers_to_a_row_which_cannot_come_back_stays_as_well()
    {
        Execute("CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (id integer PRIMARY KEY)");
        var catalog = Sql(
            "CREATE TABLE teams (id integer PRIMARY KEY, p integer REFERENCES p (id)); ALTER TABLE t ADD COLUMN team integer REFERENCES teams (id)",
            "ALTER TABLE t DROP COLUMN team; DROP TABLE teams"
        );
        Revert(
            catalog,
            "INSERT INTO p (id) VALUES (1); INSERT INTO teams (id, p) VALUES (1, 1), (2, NULL); INSERT INTO t (id, team) VALUES (1, 1), (2, 2)"
        );
        Execute("DELETE FROM p");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|", "2|2" }));
        Assert.That(Archives(), Is.EquivalentTo(new[] { "t.team 1 LeftOver", "teams 1 LeftOver" }));
    }

    [Test]
    public void The_value_of_a_row_that_cannot_come_back_stays_with_it()
    {
        Execute("CREATE TABLE p (id integer PRIMARY KEY)");
        var catalog = Sql(
            "CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p (id)); ALTER TABLE t ADD COLUMN c text",
            "ALTER TABLE t DROP COLUMN c; DROP TABLE t"
        );
        Revert(
            catalog,
            "INSERT INTO p (id) VALUES (1); INSERT INTO t (id, p, c) VALUES (1, 1, 'c1')"
        );
        Execute("DELETE FROM p");

        Reapply(catalog);

        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 LeftOver" }));
        Assert.That(
            Query("SELECT id, p, c FROM \"VersionArchive_1\""),
            Is.EqualTo(new[] { "1|1|c1" })
        );
    }

    [Test]
    public void A_value_that_was_cleared_is_not_filled_in_again()
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t (id) VALUES (1), (2)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c text; UPDATE t SET c = 'filled in'",
            "ALTER TABLE t DROP COLUMN c"
        );
        Revert(catalog, "UPDATE t SET c = NULL WHERE id = 1");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM t ORDER BY id"),
            Is.EqualTo(new[] { "1|", "2|filled in" })
        );
    }

    [Test]
    public void Nothing_is_told_of_a_row_that_is_gone_and_had_no_value()
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY)");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c text", "ALTER TABLE t DROP COLUMN c");
        Revert(catalog, "INSERT INTO t (id, c) VALUES (1, 'x'), (2, NULL)");
        Execute("DELETE FROM t WHERE id = 2");

        var restored = Reapply(catalog);

        Assert.That(restored.Single().Rows, Is.EqualTo(1));
        Assert.That(restored.Single().Left, Is.EqualTo(0));
    }

    [Test]
    public void Unique_values_that_people_exchanged_come_back()
    {
        Execute("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t (id) VALUES (1), (2), (3)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c integer; UPDATE t SET c = id; CREATE UNIQUE INDEX i ON t (c)",
            "DROP INDEX i; ALTER TABLE t DROP COLUMN c"
        );
        Revert(
            catalog,
            "UPDATE t SET c = 4 WHERE id = 3; UPDATE t SET c = 3 WHERE id = 2; UPDATE t SET c = 2 WHERE id = 1"
        );

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM t ORDER BY id"),
            Is.EqualTo(new[] { "1|2", "2|3", "3|4" })
        );
        Assert.That(Archives(), Is.Empty);
    }
}
