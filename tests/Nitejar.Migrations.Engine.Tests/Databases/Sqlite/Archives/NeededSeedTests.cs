using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>
/// Which rows of an Up stay although archived rows replace the others: those that something refers to, and those that it
/// has moved.
/// </summary>
public sealed class NeededSeedTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Seeds = "INSERT INTO role VALUES (1, 'admin'), (2, 'user'), (3, 'guest')";

    private const string Forget = "UPDATE account SET role = NULL; DELETE FROM role WHERE id > 1";

    [SetUp]
    public void AddTables() =>
        Execute(
            """
            CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id));
            INSERT INTO account VALUES (7, NULL);
            """
        );

    [Test]
    public void A_seed_that_a_column_elsewhere_refers_to_stays_and_deleted_ones_do_not_come_back()
    {
        Revert(Referring(), Forget);

        Reapply(Referring());

        Assert.That(Roles(), Is.EqualTo(new[] { "1|admin", "3|guest" }));
        Assert.That(Query("SELECT role FROM account"), Is.EqualTo(new[] { "3" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Of_a_table_without_row_numbers_all_of_them_stay()
    {
        Execute(
            "DROP TABLE role; CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID"
        );
        Revert(Referring(), Forget);

        Reapply(Referring());

        Assert.That(Roles(), Is.EqualTo(new[] { "1|admin", "2|user", "3|guest" }));
    }

    [Test]
    public void A_seed_that_is_needed_gives_way_to_what_a_later_Down_took() =>
        RequireSameAfterAll(
            MigrationsOf.Catalog(
                First(),
                MigrationsOf.Sql(2, "Later", "SELECT 1", "DELETE FROM role")
            ),
            "UPDATE role SET name = 'visitor' WHERE id = 3; DELETE FROM role WHERE id = 1"
        );

    [Test]
    public void A_seed_that_is_needed_is_found_under_the_new_name_of_its_table()
    {
        var catalog = MigrationsOf.Catalog(
            First(),
            MigrationsOf.Sql(
                2,
                "Later",
                "ALTER TABLE role RENAME TO part",
                "DELETE FROM part; ALTER TABLE part RENAME TO role"
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("UPDATE part SET name = 'visitor' WHERE id = 3; DELETE FROM part WHERE id = 1");

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT * FROM part ORDER BY id"),
            Is.EqualTo(new[] { "2|user", "3|visitor" })
        );
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_seed_that_nothing_refers_to_in_the_end_does_not_stay()
    {
        Execute(
            "CREATE TABLE token (account REFERENCES account (id)); INSERT INTO token VALUES (NULL)"
        );
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Seeds",
                $"{Seeds}; INSERT INTO account VALUES (1, 3); UPDATE token SET account = 1",
                "UPDATE token SET account = NULL; DELETE FROM account WHERE id = 1; DELETE FROM role"
            ),
            MigrationsOf.Sql(2, "Later", "SELECT 1", "DELETE FROM account WHERE id = 1")
        );
        RequireSameAfterAll(
            catalog,
            "UPDATE account SET role = NULL WHERE id = 1; DELETE FROM role WHERE id = 3"
        );
    }

    [Test]
    public void A_seed_is_not_needed_by_a_row_that_waits_for_another_one_of_its_number()
    {
        Execute(
            "DROP TABLE account; DROP TABLE role; CREATE TABLE role (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)"
        );
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Table",
                "CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id))",
                "DROP TABLE account"
            ),
            MigrationsOf.Sql(
                2,
                "Two",
                "INSERT INTO role (name) VALUES ('a'); INSERT INTO role (name) VALUES ('b')",
                "DELETE FROM role WHERE name = 'b'; DELETE FROM role WHERE name = 'a'"
            ),
            MigrationsOf.Sql(
                3,
                "Three",
                "INSERT INTO role (name) VALUES ('c')",
                "DELETE FROM role WHERE name = 'c'"
            )
        );
        RequireSameAfterAll(
            catalog,
            "DELETE FROM role WHERE id = 1; INSERT INTO account VALUES (5, 3)"
        );
    }

    [Test]
    public void A_row_made_of_a_row_that_is_still_there_was_not_moved()
    {
        Execute("INSERT INTO role VALUES (1, 'admin'), (2, 'user')");
        var catalog = Sql(
            "INSERT INTO account SELECT 1, id FROM role WHERE name = 'admin'; DELETE FROM role WHERE id = 2",
            "INSERT INTO role VALUES (2, 'user'); DELETE FROM account"
        );
        RequireSameAfterAll(catalog, "DELETE FROM account");
    }

    [TestCase("DELETE FROM role WHERE name = 'admin'")]
    [TestCase("DELETE FROM role; INSERT INTO role VALUES (9, 'admin')")]
    public void A_row_made_of_a_row_that_is_gone_was_moved_and_stays(string taking)
    {
        Execute("INSERT INTO role VALUES (1, 'admin'), (2, 'user')");
        var catalog = Sql(
            $"INSERT INTO account SELECT id + 10, NULL FROM role WHERE name = 'admin' AND id < 9; {taking}",
            "DELETE FROM account"
        );
        Revert(catalog, "DELETE FROM account");
        Execute("INSERT OR REPLACE INTO role VALUES (1, 'admin')");

        Reapply(catalog);

        Assert.That(Query("SELECT id FROM account"), Is.EqualTo(new[] { "11" }));
    }

    [Test]
    public void A_row_that_was_deleted_after_a_column_was_dropped_has_its_values_again()
    {
        var catalog = Sql(
            $"{Seeds}; ALTER TABLE role ADD COLUMN rank INTEGER NOT NULL DEFAULT 7; INSERT INTO role VALUES (4, 'owner', 1)",
            "DELETE FROM role WHERE id = 4; ALTER TABLE role DROP COLUMN rank; DELETE FROM role WHERE id < 4"
        );
        RequireSameAfterAll(
            catalog,
            "UPDATE role SET rank = 8, name = 'chief' WHERE id = 1; DELETE FROM role WHERE id = 2"
        );
    }

    [Test]
    public void A_seed_whose_number_is_taken_is_passed_over_also_while_its_table_has_another_name()
    {
        Execute("CREATE TABLE old (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)");
        var catalog = Sql(
            "ALTER TABLE old RENAME TO tmp; INSERT INTO tmp (name) VALUES ('a'); INSERT INTO tmp VALUES (5, 'b'); ALTER TABLE tmp RENAME TO new",
            "ALTER TABLE new RENAME TO tmp; DELETE FROM tmp WHERE id = 5; DELETE FROM tmp; ALTER TABLE tmp RENAME TO old"
        );
        Succeed(catalog, new UpRequest());
        Execute("DELETE FROM new WHERE id = 1");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM new"), Is.EqualTo(new[] { "5|b" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void An_edited_seed_that_the_Down_misses_is_not_in_the_way_of_a_unique_index()
    {
        var catalog = Sql(
            "INSERT INTO role (name) VALUES ('admin'); INSERT INTO role (name) VALUES ('user'); CREATE UNIQUE INDEX by_name ON role (name)",
            "DROP INDEX by_name; DELETE FROM role WHERE name = 'user'; DELETE FROM role WHERE name = 'admin' AND id = 1"
        );
        RequireSameAfterAll(catalog, "UPDATE role SET id = 12 WHERE name = 'admin'");
    }

    [Test]
    public void Of_a_changed_Up_no_row_takes_values_that_lead_nowhere()
    {
        Execute("CREATE UNIQUE INDEX by_name ON role (name)");
        const string down = "DELETE FROM account; DELETE FROM role";
        Revert(
            Sql("INSERT INTO role VALUES (1, 'admin'); INSERT INTO account VALUES (1, 1)", down),
            "SELECT 1"
        );

        var restored = Reapply(
            Sql("INSERT INTO role VALUES (5, 'admin'); INSERT INTO account VALUES (1, 5)", down)
        );

        Assert.That(Roles(), Is.EqualTo(new[] { "5|admin" }));
        Assert.That(Query("SELECT * FROM account"), Is.EqualTo(new[] { "1|5", "7|" }));
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(2));
    }

    private static MigrationCatalog Referring() => MigrationsOf.Catalog(First());

    private static KnownMigration First() =>
        MigrationsOf.Sql(
            1,
            "Seeds",
            $"{Seeds}; UPDATE account SET role = 3",
            "UPDATE account SET role = NULL; DELETE FROM role"
        );

    private string[] Roles() => Query("SELECT * FROM role ORDER BY id");

    private void RequireSameAfterAll(MigrationCatalog catalog, string edit)
    {
        Succeed(catalog, new UpRequest());
        Execute(edit);
        var before = All();

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(All(), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    private string[] All() => [.. Roles(), .. Query("SELECT * FROM account ORDER BY id")];
}
