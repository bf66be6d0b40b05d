using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>What does not fit by the rules of SQLite stays in the archive, and what fits by them comes back.</summary>
public sealed class SqliteMisfitTests : ArchiveFixture<SqliteTestDatabase>
{
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT) STRICT")]
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
}
