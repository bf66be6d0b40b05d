using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Rows that a Down drops come back with the next Up.</summary>
public sealed class ArchiveTests : ArchiveFixture<SqliteTestDatabase>
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
    public void A_table_that_people_emptied_is_empty_again_where_its_counter_is_known()
    {
        var catalog = Sql(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (7)",
            "DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("DELETE FROM t");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.Empty);
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
    public void Names_that_need_quotes_are_only_names()
    {
        const string table = "\"t \"\"; DROP TABLE x; --\"";
        var catalog = Sql(
            $"CREATE TABLE {table} (\"a'b\" INTEGER PRIMARY KEY, \"select\" TEXT, [x]]] TEXT)".Replace(
                "[x]]]",
                "\"x]\"",
                StringComparison.Ordinal
            ),
            $"DROP TABLE {table}"
        );
        Succeed(catalog, new UpRequest());
        Execute($"INSERT INTO {table} VALUES (1, 'from', 'y')");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query($"SELECT * FROM {table}"), Is.EqualTo(new[] { "1|from|y" }));
    }

    [Test]
    public void What_the_migration_fills_in_itself_gives_way_to_what_people_made_of_it()
    {
        var catalog = Sql(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'seed'), (2, 'seed')",
            "DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("UPDATE t SET a = 'edited' WHERE id = 1; DELETE FROM t WHERE id = 2");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|edited" }));
    }

    [Test]
    public void Triggers_do_not_fire_for_rows_that_come_back()
    {
        var catalog = Sql(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
            CREATE TABLE log (what TEXT);
            CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = 'touched'; INSERT INTO log VALUES ('x'); END;
            """,
            "DROP TABLE t; DROP TABLE log"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1, 'a'); UPDATE t SET a = 'mine'");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT a FROM t"), Is.EqualTo(new[] { "mine" }));
        Assert.That(Query("SELECT count(*) FROM log"), Is.EqualTo(new[] { "1" }));
        Execute("INSERT INTO t VALUES (2, 'b')");
        Assert.That(Query("SELECT a FROM t WHERE id = 2"), Is.EqualTo(new[] { "touched" }));
    }

    [Test]
    public void Redo_takes_nothing_away()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1), (2)");

        Succeed(catalog, new RedoRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Without_the_class_the_stored_SQL_archives_as_well()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1), (2)");

        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Without_the_archive_the_rows_are_gone()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1)");

        var refused = Fail<DataLossRefusedException>(
            catalog,
            new DownRequest(),
            new RunSettings(TimeSpan.Zero, KeepRows: false)
        );
        Assert.That(refused.Message, Does.Contain("t (1 row)."));

        Succeed(catalog, new DownRequest(), Allowed with { KeepRows = false });
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT count(*) FROM t"), Is.EqualTo(new[] { "0" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Discarding_leaves_the_table_as_the_migration_makes_it()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1), (2)");
        Succeed(catalog, new DownRequest(), Allowed);

        var up = Succeed(catalog, new UpRequest(), new RunSettings(TimeSpan.Zero, KeepRows: false));

        Assert.That(up.Steps[0].Data.Discarded, Is.EqualTo(2));
        Assert.That(Query("SELECT count(*) FROM t"), Is.EqualTo(new[] { "0" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_consent_says_what_the_archive_keeps_and_what_it_does_not()
    {
        var catalog = Sql(
            "CREATE TABLE t (id INTEGER); CREATE TABLE u (id INTEGER)",
            "DELETE FROM u WHERE id = 1; UPDATE u SET id = 3; DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1), (2); INSERT INTO u VALUES (1), (2)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(
            refused.Message,
            Does.Contain(
                "t (2 rows, kept in the archive), u (1 row, kept in the archive), u.id (1 value changed)."
            )
        );
    }

    [Test]
    public void Purged_rows_are_gone_and_no_others()
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
        var content = File.ReadAllText(((Engine.Databases.Sqlite.SqliteDatabase)Database).Path);
        Assert.That(content, Does.Contain("kept-value").And.Not.Contain("purged-value"));
    }

    [Test]
    public void The_archive_is_no_part_of_the_schema()
    {
        var catalog = Sql("CREATE TABLE t (id INTEGER)", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1)");
        Succeed(catalog, new DownRequest(), Allowed);

        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        Assert.That(reader.ReadSchema().Tables, Is.Empty);
    }
}
