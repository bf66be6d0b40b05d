using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>Rows that a Down drops come back with the next Up.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ArchiveConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Table = "CREATE TABLE t (id integer PRIMARY KEY)";

    private static readonly string[] Columns =
    [
        "id integer PRIMARY KEY, a text, b text",
        $"id {TDatabase.NumberedKey}, a text, b text",
        "id text NOT NULL PRIMARY KEY, a text, b text",
        "id integer, a text, b text",
        "id double precision PRIMARY KEY, a numeric, b text UNIQUE",
        "id integer, a text, b text, twice integer GENERATED ALWAYS AS (id + id) STORED",
        "id integer, a text, b text, PRIMARY KEY (b, id)",
    ];

    [TestCaseSource(nameof(Columns))]
    public void Down_and_up_again_leave_every_value_as_it_was(string columns)
    {
        var catalog = Sql($"CREATE TABLE t ({columns})", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute(
            "INSERT INTO t (id, a, b) VALUES ('7', '1', 'x'), ('3', '2.5', 'Y'), ('5', NULL, ''), ('9', '0', 'ä\n')"
        );
        Execute("DELETE FROM t WHERE id = '9'");
        var before = Query("SELECT * FROM t ORDER BY id");

        var down = Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(TableNames(), Does.Not.Contain("t"));
        Assert.That(down.Steps[0].Data.Archived.Select(Text), Is.EqualTo(new[] { "t 3 Kept" }));

        var up = Succeed(catalog, new UpRequest());
        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(before));
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
        var catalog = Sql($"CREATE TABLE t (id {TDatabase.NumberedKey})", "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES; DELETE FROM t");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Execute("INSERT INTO t DEFAULT VALUES");
        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "3" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_table_that_people_emptied_is_empty_again_where_its_counter_is_known()
    {
        var catalog = Sql(
            $"CREATE TABLE t (id {TDatabase.NumberedKey}); INSERT INTO t DEFAULT VALUES",
            "DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("DELETE FROM t");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.Empty);
    }

    [Test]
    public void Names_that_need_quotes_are_only_names()
    {
        const string table = "\"t \"\"; DROP TABLE x; --\"";
        var catalog = Sql(
            $"CREATE TABLE {table} (\"a'b\" integer PRIMARY KEY, \"select\" text, \"x]\" text)",
            $"DROP TABLE {table}"
        );
        Succeed(catalog, new UpRequest());
        Execute($"INSERT INTO {table} (\"a'b\", \"select\", \"x]\") VALUES (1, 'from', 'y')");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query($"SELECT * FROM {table}"), Is.EqualTo(new[] { "1|from|y" }));
    }

    [Test]
    public void What_the_migration_fills_in_itself_gives_way_to_what_people_made_of_it()
    {
        var catalog = Sql(
            "CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t (id, a) VALUES (1, 'seed'), (2, 'seed')",
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
        var trigger = TDatabase.Trigger(
            "tr",
            "AFTER INSERT ON t",
            "UPDATE t SET a = 'touched'; INSERT INTO log (what) VALUES ('x');"
        );
        var catalog = Sql(
            $"CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TABLE log (what text); {trigger}",
            "DROP TABLE t; DROP TABLE log"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, a) VALUES (1, 'a'); UPDATE t SET a = 'mine'");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT a FROM t"), Is.EqualTo(new[] { "mine" }));
        Assert.That(Query("SELECT count(*) FROM log"), Is.EqualTo(new[] { "1" }));
        Execute("INSERT INTO t (id, a) VALUES (2, 'b')");
        Assert.That(Query("SELECT a FROM t WHERE id = 2"), Is.EqualTo(new[] { "touched" }));
    }

    [Test]
    public void Redo_takes_nothing_away()
    {
        var catalog = Sql(Table, "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1), (2)");

        Succeed(catalog, new RedoRequest());

        Assert.That(Query("SELECT id FROM t ORDER BY id"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Without_the_class_the_stored_SQL_archives_as_well()
    {
        var catalog = Sql(Table, "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1), (2)");

        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT id FROM t ORDER BY id"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Without_the_archive_the_rows_are_gone()
    {
        var catalog = Sql(Table, "DROP TABLE t");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1)");

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
        var catalog = Sql(Table, "DROP TABLE t");
        Revert(catalog, "INSERT INTO t (id) VALUES (1), (2)");

        var up = Succeed(catalog, new UpRequest(), new RunSettings(TimeSpan.Zero, KeepRows: false));

        Assert.That(up.Steps[0].Data.Discarded, Is.EqualTo(2));
        Assert.That(Query("SELECT count(*) FROM t"), Is.EqualTo(new[] { "0" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_consent_says_what_the_archive_keeps_and_what_it_does_not()
    {
        var catalog = Sql(
            "CREATE TABLE t (id integer); CREATE TABLE u (id integer)",
            "DELETE FROM u WHERE id = 1; UPDATE u SET id = 3; DROP TABLE t"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id) VALUES (1), (2); INSERT INTO u (id) VALUES (1), (2)");

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
            MigrationsOf.Sql(1, "One", "CREATE TABLE t (a text)", "DROP TABLE t"),
            MigrationsOf.Sql(2, "Two", "CREATE TABLE u (a text)", "DROP TABLE u")
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (a) VALUES ('kept'); INSERT INTO u (a) VALUES ('purged')");
        Succeed(catalog, new DownRequest(All: true), Allowed);

        var purge = new ArchivePurge(Database, NoWait);
        var entries = purge.Find(new ArchiveSelection(Version: 2));
        purge.Remove(entries, OpenGate.Instance, CancellationToken.None);

        Assert.That(Archives(), Is.EqualTo(new[] { "t 1 Kept" }));
        Assert.That(TableNames(), Has.One.StartsWith("VersionArchive_"));
    }

    [Test]
    public void The_archive_is_no_part_of_the_schema()
    {
        Revert(Sql("CREATE TABLE t (id integer)", "DROP TABLE t"), "INSERT INTO t (id) VALUES (1)");

        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        Assert.That(reader.ReadSchema().Tables, Is.Empty);
    }
}
