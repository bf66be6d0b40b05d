using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Rows without a key, or with NULL in it, are neither mixed up nor made up.</summary>
public sealed class KeylessArchiveTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string AddColumn = "ALTER TABLE t ADD COLUMN c TEXT";
    private const string DropColumn = "ALTER TABLE t DROP COLUMN c";

    [Test]
    public void Values_do_not_move_to_other_rows_when_VACUUM_gives_new_row_numbers()
    {
        Execute("CREATE TABLE t (a)");
        var catalog = Sql(AddColumn, DropColumn);
        Revert(catalog, "INSERT INTO t VALUES ('1', 'c1'), ('2', 'c2'), ('3', 'c3')");
        Execute("DELETE FROM t WHERE a = '1'");
        Execute("VACUUM");

        var restored = Reapply(catalog);

        Assert.That(Query("SELECT * FROM t WHERE c <> 'c' || a"), Is.Empty);
        Assert.That(restored.Single().Rows + restored.Single().Left, Is.EqualTo(3));
    }

    [Test]
    public void A_row_with_NULL_in_its_key_is_not_known_by_its_number_alone()
    {
        Execute("CREATE TABLE t (id TEXT PRIMARY KEY, a)");
        var catalog = Sql(AddColumn, DropColumn);
        Revert(catalog, "INSERT INTO t (rowid, a, c) VALUES (2, '2', 'c2'), (3, '3', 'c3')");
        Execute("UPDATE t SET rowid = 1 WHERE a = '3'; UPDATE t SET rowid = 3 WHERE a = '2'");

        Reapply(catalog);

        Assert.That(Query("SELECT a, c FROM t"), Is.EqualTo(new[] { "3|", "2|" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "t.c 2 LeftOver" }));
    }

    [Test]
    public void Values_of_two_columns_come_back_to_rows_that_look_alike()
    {
        Execute("CREATE TABLE t (a)");
        var catalog = Sql(
            AddColumn + "; ALTER TABLE t ADD COLUMN d",
            DropColumn + "; ALTER TABLE t DROP COLUMN d"
        );
        Revert(
            catalog,
            "INSERT INTO t VALUES (1, 'x', 1), (1, 'y', 2), (NULL, 'z', 3), (1, 'x', 1)"
        );

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM t"),
            Is.EqualTo(new[] { "1|x|1", "1|y|2", "|z|3", "1|x|1" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [TestCase("CREATE TABLE t (id TEXT PRIMARY KEY)")]
    [TestCase("CREATE TABLE t (id INT, x DEFAULT 1, PRIMARY KEY (id, x))")]
    public void Values_of_rows_with_NULL_in_their_key_are_told_apart(string table)
    {
        Execute(table);
        var catalog = Sql(AddColumn, DropColumn);
        Revert(
            catalog,
            "INSERT INTO t (id, c) VALUES (NULL, 'x'), (NULL, 'y'), (1, 'z'), (NULL, 'v')"
        );

        Reapply(catalog);

        Assert.That(
            Query("SELECT c FROM t ORDER BY rowid"),
            Is.EqualTo(new[] { "x", "y", "z", "v" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [TestCase("", "WHERE a = 'z'")]
    [TestCase(", c", "")]
    public void A_rebuild_that_leaves_rows_or_values_out_makes_no_row_up(string also, string which)
    {
        Execute(
            $"CREATE TABLE t (a{also}); INSERT INTO t (a) VALUES ('w'), ('x'), ('y'), ('z'); DELETE FROM t WHERE a = 'w'"
        );
        var catalog = Sql(
            "SELECT 1",
            $"CREATE TABLE n (a); INSERT INTO n SELECT a FROM t {which}; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Revert(catalog, "SELECT 1");
        var before = Query("SELECT a FROM t");

        var restored = Reapply(catalog);

        Assert.That(Query("SELECT a FROM t"), Is.EqualTo(before));
        Assert.That(restored.Single().Left, Is.EqualTo(3));
        Assert.That(restored.Single().Reason, Does.Contain("cannot be told apart"));
        Assert.That(Archives(), Is.EqualTo(new[] { "t 3 LeftOver" }));
    }

    [Test]
    public void A_key_that_merges_rows_loses_none_of_them()
    {
        var catalog = Sql(
            "CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n (name) SELECT name FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t",
            "CREATE TABLE n (name TEXT PRIMARY KEY); INSERT INTO n SELECT DISTINCT name FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Execute("CREATE TABLE t (name TEXT PRIMARY KEY)");
        Revert(catalog, "INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, 'b')");
        Assert.That(Query("SELECT name FROM t"), Is.EqualTo(new[] { "a", "b" }));

        Reapply(catalog);

        Assert.That(
            Query("SELECT id, name FROM VersionArchive_1"),
            Is.SupersetOf(new[] { "1|a", "2|a" })
        );
    }

    [Test]
    public void A_rebuild_without_the_key_still_tells_rows_apart_by_it()
    {
        Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x'), (2, 'y')"
        );
        var catalog = Sql(
            "SELECT 1",
            "CREATE TABLE n (id INTEGER, a); INSERT INTO n SELECT * FROM t WHERE id = 1; DROP TABLE t; ALTER TABLE n RENAME TO t"
        );
        Revert(catalog, "SELECT 1");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|x", "2|y" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_of_a_table_that_hides_its_row_numbers_come_back()
    {
        var catalog = Sql("CREATE TABLE t (rowid, oid, _rowid_)", "DROP TABLE t");
        Revert(catalog, "INSERT INTO t VALUES (1, 2, 3), (1, 2, 3), (NULL, NULL, NULL)");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|2|3", "1|2|3", "||" }));
        Assert.That(Archives(), Is.Empty);
    }
}
