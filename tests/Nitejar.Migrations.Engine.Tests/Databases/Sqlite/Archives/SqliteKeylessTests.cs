using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Rows without a key, or with NULL in it, are told apart by their row numbers as far as those last.</summary>
public sealed class SqliteKeylessTests : ArchiveFixture<SqliteTestDatabase>
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
