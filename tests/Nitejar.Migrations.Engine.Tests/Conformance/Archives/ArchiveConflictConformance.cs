using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>What is in the database by now is worth more than what the archive has.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ArchiveConflictConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Table = "CREATE TABLE t (id integer PRIMARY KEY)";

    [Test]
    public void Triggers_of_later_migrations_fire_again()
    {
        Revert(Making(Table), "INSERT INTO t (id) VALUES (1)");
        Execute("CREATE TABLE log (a integer); CREATE TABLE x (a integer)");
        Execute(TDatabase.Trigger("tr", "AFTER INSERT ON x", "INSERT INTO log (a) VALUES (1);"));

        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", Table, "DROP TABLE t"),
                MigrationsOf.Sql(2, "Two", "INSERT INTO x (a) VALUES (1)")
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT count(*) FROM t, log"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_counter_that_has_got_further_stays_there()
    {
        var table = $"CREATE TABLE IF NOT EXISTS t (id {TDatabase.NumberedKey})";
        Revert(Making(table), "INSERT INTO t DEFAULT VALUES");
        Execute(
            $"{table}; INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES; DELETE FROM t"
        );

        Reapply(Making(table));

        Execute("INSERT INTO t DEFAULT VALUES");
        Assert.That(Query("SELECT id FROM t ORDER BY id"), Is.EqualTo(new[] { "1", "3" }));
    }

    [Test]
    public void A_row_with_a_unique_value_of_an_archived_one_stays()
    {
        const string table =
            "CREATE TABLE IF NOT EXISTS t (id integer PRIMARY KEY, name text UNIQUE)";
        Revert(Making(table), "INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'b')");
        Execute($"{table}; INSERT INTO t (id, name) VALUES (10, 'a')");

        Reapply(Making(table));

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "2|b", "10|a" }));
        Assert.That(
            Query("SELECT id, name FROM \"VersionArchive_1\""),
            Is.EqualTo(new[] { "1|a" })
        );
    }

    [Test]
    public void Only_the_rows_of_the_latest_Down_come_back()
    {
        Revert(Making(Table), "INSERT INTO t (id) VALUES (1)");
        Execute("CREATE TABLE kept AS SELECT * FROM \"VersionArchive\"");
        Execute("CREATE TABLE kept_rows AS SELECT * FROM \"VersionArchive_1\"");
        Succeed(Making(Table), new UpRequest());
        Execute("DELETE FROM t; INSERT INTO t (id) VALUES (2)");
        Succeed(Making(Table), new DownRequest(), Allowed);
        Execute("UPDATE \"VersionArchive\" SET \"Id\" = 2");
        Execute("ALTER TABLE \"VersionArchive_1\" RENAME TO \"VersionArchive_2\"");
        Execute("CREATE TABLE \"VersionArchive_1\" AS SELECT * FROM kept_rows");
        Execute("INSERT INTO \"VersionArchive\" SELECT * FROM kept");

        Reapply(Making(Table));

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "2" }));
        Assert.That(
            Query("SELECT \"Id\", \"State\", \"Reason\" FROM \"VersionArchive\""),
            Is.EqualTo(new[] { "1|left|a later run archived the same tables" })
        );
    }

    [Test]
    public void A_rebuilt_table_without_a_key_is_not_archived()
    {
        Execute("CREATE TABLE t (a integer); INSERT INTO t (a) VALUES (1), (1)");
        var catalog = Sql(
            "SELECT 1",
            "CREATE TABLE n (a integer); INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"
        );
        Succeed(catalog, new UpRequest());

        Succeed(catalog, new DownRequest());

        Assert.That(TableNames(), Has.None.StartsWith("VersionArchive"));
    }

    [Test]
    public void Values_of_two_columns_that_go_are_both_told()
    {
        var catalog = Sql(
            "CREATE TABLE IF NOT EXISTS t (id integer PRIMARY KEY, a integer, b integer)",
            "ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN b;"
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO t (id, a, b) VALUES (1, 1, 1), (2, 2, NULL)");

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
        Execute("CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p (id) VALUES (1), (2)");
        Execute($"{Table}; INSERT INTO t (id) VALUES (1), (2)");
        var catalog = Sql(
            "ALTER TABLE t ADD COLUMN c integer REFERENCES p (id)",
            "ALTER TABLE t DROP COLUMN c"
        );
        Revert(catalog, "UPDATE t SET c = id");
        Execute("DELETE FROM p WHERE id = 1");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM t ORDER BY id"), Is.EqualTo(new[] { "1|", "2|2" }));
        Assert.That(Query("SELECT id, c FROM \"VersionArchive_1\""), Is.EqualTo(new[] { "1|1" }));
    }

    [Test]
    public void A_table_whose_parent_is_gone_is_not_made_again_until_there_is_one()
    {
        const string parent = "CREATE TABLE p (id integer PRIMARY KEY)";
        const string table = "CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p (id))";
        Execute($"{parent}; INSERT INTO p (id) VALUES (1)");
        Revert(Making(table), "INSERT INTO t (id, p) VALUES (1, 1), (2, NULL)");
        Execute("DROP TABLE p");

        Fail<RefusedException>(Making(table), new UpRequest());
        Execute(parent);
        Reapply(Making(table));

        Assert.That(Query("SELECT id FROM t"), Is.EqualTo(new[] { "2" }));
        Assert.That(Query("SELECT id, p FROM \"VersionArchive_1\""), Is.EqualTo(new[] { "1|1" }));
    }

    [Test]
    public void A_reference_of_two_columns_needs_both()
    {
        const string table =
            "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES p (a, b))";
        Execute("CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b))");
        Execute("INSERT INTO p (a, b) VALUES (1, 1)");
        Revert(Making(table), "INSERT INTO t (id, a, b) VALUES (1, 1, 1), (2, 7, NULL)");

        Reapply(Making(table));

        Assert.That(Query("SELECT id FROM t ORDER BY id"), Is.EqualTo(new[] { "1", "2" }));
    }

    private static MigrationCatalog Making(string table) => Sql(table, "DROP TABLE t");
}
