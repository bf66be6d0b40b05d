using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>
/// Which rows of an Up stay although archived rows replace the others: those that something refers to, and those that it
/// has moved.
/// </summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class NeededSeedConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Seeds =
        "INSERT INTO role (id, name) VALUES (1, 'admin'), (2, 'user'), (3, 'guest')";

    [SetUp]
    public void AddTables() =>
        Execute(
            """
            CREATE TABLE role (id integer PRIMARY KEY, name text);
            CREATE TABLE account (id integer PRIMARY KEY, role integer REFERENCES role (id));
            INSERT INTO account (id, role) VALUES (7, NULL);
            """
        );

    /// <summary>Where rows have no number, it is not known which of them something refers to, and all of the Up's stay.</summary>
    [Test]
    public void A_seed_that_a_column_elsewhere_refers_to_stays_and_deleted_ones_do_not_come_back()
    {
        var catalog = Sql(
            $"{Seeds}; UPDATE account SET role = 3",
            "UPDATE account SET role = NULL; DELETE FROM role"
        );
        Revert(catalog, "UPDATE account SET role = NULL; DELETE FROM role WHERE id > 1");

        Reapply(catalog);

        Assert.That(Roles(), Is.EqualTo(new[] { "1|admin", "3|guest" }));
        Assert.That(Query("SELECT role FROM account"), Is.EqualTo(new[] { "3" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_row_made_of_a_row_that_is_still_there_was_not_moved()
    {
        Execute("INSERT INTO role (id, name) VALUES (1, 'admin'), (2, 'user')");
        var catalog = Sql(
            "INSERT INTO account (id, role) SELECT 1, id FROM role WHERE name = 'admin'; DELETE FROM role WHERE id = 2",
            "INSERT INTO role (id, name) VALUES (2, 'user'); DELETE FROM account"
        );
        RequireSame(catalog, "DELETE FROM account");
    }

    [TestCase("DELETE FROM role WHERE name = 'admin'")]
    [TestCase("DELETE FROM role; INSERT INTO role (id, name) VALUES (9, 'admin')")]
    public void A_row_made_of_a_row_that_is_gone_was_moved_and_stays(string taking)
    {
        Execute("INSERT INTO role (id, name) VALUES (1, 'admin'), (2, 'user')");
        var catalog = Sql(
            $"INSERT INTO account (id, role) SELECT id + 10, NULL FROM role WHERE name = 'admin' AND id < 9; {taking}",
            "DELETE FROM account"
        );
        Revert(catalog, "DELETE FROM account");
        Execute("DELETE FROM role WHERE id = 1; INSERT INTO role (id, name) VALUES (1, 'admin')");

        Reapply(catalog);

        Assert.That(Query("SELECT id FROM account"), Is.EqualTo(new[] { "11" }));
    }

    [Test]
    public void A_row_that_was_deleted_after_a_column_was_dropped_has_its_values_again()
    {
        var catalog = Sql(
            $"{Seeds}; ALTER TABLE role ADD COLUMN rank integer NOT NULL DEFAULT 7; INSERT INTO role (id, name, rank) VALUES (4, 'owner', 1)",
            "DELETE FROM role WHERE id = 4; ALTER TABLE role DROP COLUMN rank; DELETE FROM role WHERE id < 4"
        );
        RequireSame(
            catalog,
            "UPDATE role SET rank = 8, name = 'chief' WHERE id = 1; DELETE FROM role WHERE id = 2"
        );
    }

    [Test]
    public void A_seed_whose_number_is_taken_is_passed_over_also_while_its_table_has_another_name()
    {
        Execute($"CREATE TABLE first (id {TDatabase.NumberedKey}, name text)");
        var catalog = Sql(
            "ALTER TABLE first RENAME TO tmp; INSERT INTO tmp (name) VALUES ('a'); INSERT INTO tmp (id, name) VALUES (5, 'b'); ALTER TABLE tmp RENAME TO last",
            "ALTER TABLE last RENAME TO tmp; DELETE FROM tmp WHERE id = 5; DELETE FROM tmp; ALTER TABLE tmp RENAME TO first"
        );
        Succeed(catalog, new UpRequest());
        Execute("DELETE FROM last WHERE id = 1");

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT * FROM last"), Is.EqualTo(new[] { "5|b" }));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void An_edited_seed_that_the_Down_misses_is_not_in_the_way_of_a_unique_index()
    {
        var catalog = Sql(
            "INSERT INTO role (id, name) VALUES (1, 'admin'); INSERT INTO role (id, name) VALUES (2, 'user'); CREATE UNIQUE INDEX by_name ON role (name)",
            "DROP INDEX by_name; DELETE FROM role WHERE name = 'user'; DELETE FROM role WHERE name = 'admin' AND id = 1"
        );
        RequireSame(catalog, "UPDATE role SET id = 12 WHERE name = 'admin'");
    }

    [Test]
    public void Of_a_changed_Up_no_row_takes_values_that_lead_nowhere()
    {
        Execute("CREATE UNIQUE INDEX by_name ON role (name)");
        const string down = "DELETE FROM account; DELETE FROM role";
        Revert(
            Sql(
                "INSERT INTO role (id, name) VALUES (1, 'admin'); INSERT INTO account (id, role) VALUES (1, 1)",
                down
            ),
            "SELECT 1"
        );

        var restored = Reapply(
            Sql(
                "INSERT INTO role (id, name) VALUES (5, 'admin'); INSERT INTO account (id, role) VALUES (1, 5)",
                down
            )
        );

        Assert.That(Roles(), Is.EqualTo(new[] { "5|admin" }));
        Assert.That(Query("SELECT * FROM account ORDER BY id"), Is.EqualTo(new[] { "1|5", "7|" }));
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(2));
    }

    private string[] Roles() => Query("SELECT * FROM role ORDER BY id");

    private void RequireSame(MigrationCatalog catalog, string edit)
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
