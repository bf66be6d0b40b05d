using System.Globalization;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Names are the same whatever their case and quotes, and tables of any width are kept.</summary>
public sealed class SqliteNamesTests : ArchiveFixture<SqliteTestDatabase>
{
    [Test]
    public void A_table_that_is_rebuilt_under_the_same_name_in_capitals_is_rebuilt()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
        var catalog = Sql(
            "SELECT 1",
            "CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO T"
        );

        Revert(catalog, "SELECT 1");

        Assert.That(Archives(), Is.Empty);
    }

    [TestCase(
        "ALTER TABLE t RENAME TO x; ALTER TABLE main.X RENAME TO \"o l d\"; DROP TABLE [o l d]"
    )]
    [TestCase("ALTER TABLE T RENAME a TO b; ALTER TABLE t RENAME B TO c; DROP TABLE `t`")]
    public void A_table_that_is_renamed_by_other_spellings_of_its_name_comes_back(string down)
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", down);
        var archived = Revert(catalog, "INSERT INTO t VALUES (1, 'x'), (2, NULL)");

        Assert.That(archived.Single(), Has.Property("Table").EqualTo("t"));
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|x", "2|" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_table_of_the_archives_name_stays_what_it_is()
    {
        Execute("CREATE TABLE versionarchive_1 (a); INSERT INTO versionarchive_1 VALUES ('mine')");
        var catalog = Sql("CREATE TABLE t (a)", "DROP TABLE t");
        Revert(catalog, "INSERT INTO t VALUES (1)");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM versionarchive_1, t"), Is.EqualTo(new[] { "mine|1" }));
    }

    [TestCase("", 2000)]
    [TestCase(", PRIMARY KEY (c1, c2)", 2000)]
    [TestCase(", PRIMARY KEY (c1)) WITHOUT ROWID --", 1999)]
    public void The_widest_table_comes_back(string key, int width)
    {
        var columns = Enumerable
            .Range(1, width)
            .Select(i => $"c{i.ToString(CultureInfo.InvariantCulture)}");
        var catalog = Sql($"CREATE TABLE t ({string.Join(", ", columns)}{key})", "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (c1, c2, c1998) VALUES (1, 2, 'x'), (2, 3, 'y')");

        Reapply(catalog);

        Assert.That(Query("SELECT c1, c2, c1998 FROM t"), Is.EqualTo(new[] { "1|2|x", "2|3|y" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_column_of_the_widest_table_comes_back()
    {
        var columns = Enumerable
            .Range(1, 1999)
            .Select(i => $"c{i.ToString(CultureInfo.InvariantCulture)}");
        Execute($"CREATE TABLE t ({string.Join(", ", columns)}, PRIMARY KEY (c1))");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c", "ALTER TABLE t DROP COLUMN c");
        Revert(catalog, "INSERT INTO t (c1, c) VALUES (1, 'x'), (2, 'y')");

        Reapply(catalog);

        Assert.That(Query("SELECT c1, c FROM t"), Is.EqualTo(new[] { "1|x", "2|y" }));
    }

    [Test]
    public void A_temporary_table_of_the_same_name_is_not_taken_for_it()
    {
        Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x'), (2, 'y')"
        );
        var catalog = Sql(
            "SELECT 1",
            "CREATE TEMP TABLE t (z); DROP TABLE main.t; DROP TABLE temp.t"
        );

        var archived = Revert(catalog, "SELECT 1");

        Assert.That(archived.Single(), Has.Property("Rows").EqualTo(2));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|x", "2|y" }));
    }
}
