using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>
/// While a run is under way foreign keys are not enforced, so that a Down may delete seeds that rows still refer to: which
/// of them stay then.
/// </summary>
public sealed class DeferredSeedTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Seeds = "INSERT INTO role VALUES (1, 'admin'), (2, 'user'), (3, 'guest')";

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
