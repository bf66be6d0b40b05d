using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>What is in the database by now is worth more than what the archive has.</summary>
public sealed class ArchiveConflictTests : ArchiveFixture<SqliteTestDatabase>
{
    [Test]
    public void Triggers_of_later_migrations_fire_again()
    {
        Down("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Execute(
            "CREATE TABLE log (a); CREATE TABLE x (a); CREATE TRIGGER tr AFTER INSERT ON x BEGIN INSERT INTO log VALUES (1); END"
        );

        Succeed(
            MigrationsOf.Catalog(
                One("CREATE TABLE t (id INTEGER PRIMARY KEY)"),
                MigrationsOf.Sql(2, "Two", "INSERT INTO x VALUES (1)")
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT count(*) FROM t, log"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_counter_that_has_got_further_stays_there()
    {
        const string table = "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT)";
        Down(table, "INSERT INTO t VALUES (5)");
        Execute(table + "; INSERT INTO t VALUES (900); DELETE FROM t");

        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Execute("INSERT INTO t DEFAULT VALUES");
        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "5", "901" }));
    }

    [Test]
    public void A_row_with_a_unique_value_of_an_archived_one_stays()
    {
        const string table =
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)";
        Down(table, "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        Execute(table + "; INSERT INTO t VALUES (10, 'a')");

        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "2|b", "10|a" }));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|a" }));
    }

    [Test]
    public void A_row_that_dangled_before_stays()
    {
        const string table =
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, p REFERENCES p (id))";
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        Down(table, "INSERT INTO t VALUES (1, NULL)");
        Execute("PRAGMA foreign_keys=OFF;" + table + "; INSERT INTO t VALUES (10, 99)");

        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "10" }));
    }

    [Test]
    public void Only_the_rows_of_the_latest_Down_come_back()
    {
        const string table = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
        Down(table, "INSERT INTO t VALUES (1)");
        Execute("CREATE TABLE kept AS SELECT * FROM VersionArchive");
        Execute("CREATE TABLE rows AS SELECT * FROM VersionArchive_1");
        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());
        Execute("DELETE FROM t; INSERT INTO t VALUES (2)");
        Succeed(MigrationsOf.Catalog(One(table)), new DownRequest(), Allowed);
        Execute("UPDATE VersionArchive SET Id = 2");
        Execute("ALTER TABLE VersionArchive_1 RENAME TO VersionArchive_2");
        Execute("CREATE TABLE VersionArchive_1 AS SELECT * FROM rows");
        Execute("INSERT INTO VersionArchive SELECT * FROM kept");

        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "2" }));
        Assert.That(
            Query("SELECT Id, State, Reason FROM VersionArchive"),
            Is.EqualTo(new[] { "1|left|a later run archived the same tables" })
        );
    }

    [Test]
    public void Numbers_in_a_column_without_a_type_stay_numbers()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var catalog = Column("c");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1, 5), (2, '5'), (3, x'35')");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT typeof(c) FROM t"),
            Is.EqualTo(new[] { "integer", "text", "blob" })
        );
    }

    [Test]
    public void A_rebuilt_table_without_a_key_is_not_archived()
    {
        Execute("CREATE TABLE t (a)");
        Execute("INSERT INTO t VALUES (1), (1)");
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "One",
                "SELECT 1",
                "CREATE TABLE n (a INT); INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"
            )
        );
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new DownRequest());

        Assert.That(
            Query("SELECT name FROM sqlite_master WHERE name GLOB 'VersionArchive*'"),
            Is.Empty
        );
    }

    [Test]
    public void Values_of_two_columns_that_go_are_both_told()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "One",
                "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a, b)",
                "ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN b;"
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t VALUES (1, 1, 1), (2, 2, NULL)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(
            refused.Message,
            Does.Contain("t.a (2 values, kept in the archive)")
                .And.Contains("t.b (1 value, kept in the archive)")
        );
    }

    [Test]
    public void A_value_that_refers_to_nothing_any_more_stays_in_the_archive()
    {
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2)");
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        var catalog = Column("c REFERENCES p (id)");
        Succeed(catalog, new UpRequest());
        Execute("UPDATE t SET c = id");
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DELETE FROM p WHERE id = 1");

        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM t"), Is.EqualTo(new[] { "1|", "2|2" }));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|1" }));
    }

    [Test]
    public void A_table_whose_parent_is_gone_is_not_made_again_until_there_is_one()
    {
        const string table = "CREATE TABLE t (id INTEGER PRIMARY KEY, p REFERENCES p (id))";
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1)");
        Down(table, "INSERT INTO t VALUES (1, 1), (2, NULL)");
        Execute("DROP TABLE p");

        Fail<RefusedException>(MigrationsOf.Catalog(One(table)), new UpRequest());
        Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "2" }));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|1" }));
    }

    [Test]
    public void A_reference_of_two_columns_needs_both()
    {
        const string table =
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, FOREIGN KEY (a, b) REFERENCES p (a, b))";
        Execute("CREATE TABLE p (a, b, PRIMARY KEY (a, b)); INSERT INTO p VALUES (1, 1)");
        Down(table, "INSERT INTO t VALUES (1, 1, 1), (2, 7, NULL)");

        Succeed(MigrationsOf.Catalog(One(table)), new UpRequest());

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "1", "2" }));
    }

    private static MigrationCatalog Column(string column) =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "One",
                $"ALTER TABLE t ADD COLUMN {column}",
                "ALTER TABLE t DROP COLUMN c"
            )
        );

    private static KnownMigration One(string up) => MigrationsOf.Sql(1, "One", up, "DROP TABLE t");

    /// <summary>Applies the migration, fills its table, and reverts it.</summary>
    private void Down(string up, string rows)
    {
        var catalog = MigrationsOf.Catalog(One(up));
        Succeed(catalog, new UpRequest());
        Execute(rows);
        Succeed(catalog, new DownRequest(), Allowed);
    }
}
