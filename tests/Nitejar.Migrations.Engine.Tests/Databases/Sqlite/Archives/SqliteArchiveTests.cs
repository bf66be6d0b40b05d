using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Values keep what SQLite tells apart in them: their own type, their row number, the counter of their table.</summary>
public sealed class SqliteArchiveTests : ArchiveFixture<SqliteTestDatabase>
{
    private static readonly string[] Definitions =
    [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b TEXT)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b TEXT)",
        "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a, b TEXT) WITHOUT ROWID",
        "CREATE TABLE t (id INT, a, b TEXT)",
        "CREATE TABLE t (id REAL PRIMARY KEY, a NUMERIC, b TEXT COLLATE NOCASE UNIQUE)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY, b TEXT) STRICT",
        "CREATE TABLE t (rowid TEXT, oid TEXT, id INTEGER, a, b TEXT, sum GENERATED ALWAYS AS (id + 1) STORED)",
        "CREATE TABLE t (id INTEGER, a, b TEXT, PRIMARY KEY (b, id))",
    ];

    [TestCaseSource(nameof(Definitions))]
    public void Down_and_up_again_leave_every_value_as_it_was(string definition)
    {
        var catalog = Sql(definition, "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute(
            "INSERT INTO t (id, a, b) VALUES (7, 1, 'x'), (3, 2.0, 'Y'), (5, x'00ff', ''), (9, NULL, 'ä\n')"
        );
        Execute("DELETE FROM t WHERE id = 9");
        var before = Query("SELECT *, typeof(id), typeof(a), quote(a) FROM t");

        var down = Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(TableNames(), Does.Not.Contain("t"));
        Assert.That(down.Steps[0].Data.Archived.Select(Text), Is.EqualTo(new[] { "t 3 Kept" }));

        var up = Succeed(catalog, new UpRequest());
        Assert.That(Query("SELECT *, typeof(id), typeof(a), quote(a) FROM t"), Is.EqualTo(before));
        Assert.That(
            up.Steps[0].Data.Restored,
            Is.EqualTo(new[] { new RestoredRows("t", null, 3, 0, null) })
        );
        Assert.That(Archives(), Is.Empty);
        Assert.That(TableNames(), Has.None.StartsWith("VersionArchive_"));
    }

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
    public void Numbers_in_a_column_without_a_type_stay_numbers()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var catalog = Sql("ALTER TABLE t ADD COLUMN c", "ALTER TABLE t DROP COLUMN c");
        Revert(catalog, "INSERT INTO t VALUES (1, 5), (2, '5'), (3, x'35')");

        Reapply(catalog);

        Assert.That(
            Query("SELECT typeof(c) FROM t"),
            Is.EqualTo(new[] { "integer", "text", "blob" })
        );
    }

    [Test]
    public void Rowids_that_others_may_have_noted_stay_the_same()
    {
        var catalog = Sql("CREATE TABLE t (name TEXT PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (rowid, name) VALUES (40, 'a'), (20, 'b')");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT rowid, name FROM t"), Is.EqualTo(new[] { "20|b", "40|a" }));
    }

    [Test]
    public void A_counter_is_not_set_back_so_that_no_number_is_given_twice()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (500); DELETE FROM t");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Execute("INSERT INTO t DEFAULT VALUES");
        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "501" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_counter_that_has_got_further_stays_there()
    {
        const string table = "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT)";
        var catalog = Sql(table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t VALUES (5)");
        Execute(table + "; INSERT INTO t VALUES (900); DELETE FROM t");

        Reapply(catalog);

        Execute("INSERT INTO t DEFAULT VALUES");
        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "5", "901" }));
    }

    [Test]
    public void A_row_that_dangled_before_stays()
    {
        const string table =
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, p REFERENCES p (id))";
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        var catalog = Sql(table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t VALUES (1, NULL)");
        Execute("PRAGMA foreign_keys=OFF;" + table + "; INSERT INTO t VALUES (10, 99)");

        Reapply(catalog);

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "10" }));
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
    public void Purged_rows_are_gone_from_the_file()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE t (a TEXT)", "DROP TABLE t"),
            MigrationsOf.Sql(2, "Two", "CREATE TABLE u (a TEXT)", "DROP TABLE u")
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES ('kept-value'); INSERT INTO u VALUES ('purged-value')");
        Succeed(catalog, new DownRequest(All: true), Allowed);

        var purge = new ArchivePurge(Database, NoWait);
        var entries = purge.Find(new ArchiveSelection(Version: 2));
        purge.Remove(entries, OpenGate.Instance, CancellationToken.None);

        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 Kept" }));
        var content = File.ReadAllText(((Nitejar.Migrations.Sqlite.SqliteDatabase)Database).Path);
        Assert.That(content, Does.Contain("kept-value").And.Not.Contain("purged-value"));
    }
}
