namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>Rows that no key tells apart are neither mixed up nor made up.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class KeylessArchiveConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [TestCase("", "WHERE a = 'z'")]
    [TestCase(", c text", "")]
    public void A_rebuild_that_leaves_rows_or_values_out_makes_no_row_up(string also, string which)
    {
        Execute(
            $"CREATE TABLE t (a text{also}); INSERT INTO t (a) VALUES ('w'), ('x'), ('y'), ('z'); DELETE FROM t WHERE a = 'w'"
        );
        var catalog = Sql(
            "SELECT 1",
            $"CREATE TABLE n (a text); INSERT INTO n SELECT a FROM t {which}; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Revert(catalog, "SELECT 1");
        var before = Query("SELECT a FROM t ORDER BY a");

        var restored = Reapply(catalog);

        Assert.That(Query("SELECT a FROM t ORDER BY a"), Is.EqualTo(before));
        Assert.That(restored.Single().Left, Is.EqualTo(3));
        Assert.That(restored.Single().Reason, Does.Contain("cannot be told apart"));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 3 LeftOver" }));
    }

    [Test]
    public void A_key_that_merges_rows_loses_none_of_them()
    {
        var catalog = Sql(
            $"CREATE TABLE n (id {TDatabase.NumberedKey}, name text); INSERT INTO n (name) SELECT name FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t",
            "CREATE TABLE n (name text PRIMARY KEY); INSERT INTO n SELECT DISTINCT name FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Execute("CREATE TABLE t (name text PRIMARY KEY)");
        Revert(catalog, "INSERT INTO t (name) VALUES ('a'), ('a'), ('b')");
        Assert.That(Query("SELECT name FROM t ORDER BY name"), Is.EqualTo(new[] { "a", "b" }));

        Reapply(catalog);

        Assert.That(
            Query("SELECT id, name FROM \"VersionArchive_1\""),
            Is.SupersetOf(new[] { "1|a", "2|a" })
        );
    }

    [Test]
    public void A_rebuild_without_the_key_still_tells_rows_apart_by_it()
    {
        Execute(
            "CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t (id, a) VALUES (1, 'x'), (2, 'y')"
        );
        var catalog = Sql(
            "SELECT 1",
            "CREATE TABLE n (id integer, a text); INSERT INTO n SELECT * FROM t WHERE id = 1; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Revert(catalog, "SELECT 1");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|x", "2|y" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_a_Down_deletes_come_back_exactly_once()
    {
        Execute("CREATE TABLE t (a text, b text)");
        var catalog = Sql(
            "INSERT INTO t (a, b) VALUES ('seed', 'x'), ('seed', 'x'), ('other', NULL); UPDATE t SET b = 'y' WHERE a = 'other'",
            "DELETE FROM t WHERE a IN ('seed', 'other')"
        );
        Revert(
            catalog,
            "INSERT INTO t (a, b) VALUES ('seed', 'x'), ('mine', NULL); DELETE FROM t WHERE a = 'other'"
        );
        Execute("INSERT INTO t (a, b) VALUES ('seed', 'x')");

        Reapply(catalog);

        Assert.That(
            Query("SELECT a, count(*) FROM t GROUP BY a ORDER BY a"),
            Is.EqualTo(new[] { "mine|1", "seed|4" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_of_a_changed_Up_are_not_doubled()
    {
        Execute("CREATE TABLE t (a text)");
        var before = Sql("INSERT INTO t (a) VALUES ('x'), ('y')", "DELETE FROM t");
        Revert(before, "INSERT INTO t (a) VALUES ('x'), ('z')");

        Reapply(Sql("INSERT INTO t (a) VALUES ('x'), ('new')", "DELETE FROM t"));

        Assert.That(
            Query("SELECT a, count(*) FROM t GROUP BY a ORDER BY a"),
            Is.EqualTo(new[] { "new|1", "x|2", "y|1", "z|1" })
        );
    }
}
