using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Rows that migrations insert keep the numbers that SQLite gives them, with a counter and without.</summary>
public sealed class SqliteSeedTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Role =
        "CREATE TABLE role (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)";
    private const string Uncounted = "CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT)";
    private const string Seeds =
        "INSERT INTO role (name) VALUES ('admin'); INSERT INTO role (name) VALUES ('user')";
    private const string DeleteSeeds =
        "DELETE FROM role WHERE name = 'admin'; DELETE FROM role WHERE name = 'user'";

    private static readonly string[] Edits =
    [
        "SELECT 1",
        "UPDATE role SET name = 'boss' WHERE id = 1",
        "DELETE FROM role WHERE name = 'user'",
        "DELETE FROM role",
        "INSERT INTO role (name) VALUES ('guest')",
        "INSERT INTO role VALUES (900, 'guest'); DELETE FROM role WHERE id = 900",
        "UPDATE role SET id = 70 WHERE id = 2",
    ];

    private static readonly string[] Downs =
    [
        "DROP TABLE role",
        $"{DeleteSeeds}; DROP TABLE role",
        "DELETE FROM role; DROP TABLE role",
        "UPDATE role SET name = 'x'; DELETE FROM role WHERE id > 1; DROP TABLE role",
        "ALTER TABLE role RENAME TO old; DELETE FROM old; DROP TABLE old",
    ];

    private const string SeedAndRefer =
        "INSERT INTO role (name) VALUES ('admin'); UPDATE account SET role = (SELECT id FROM role WHERE name = 'admin')";

    private const string DeleteAndForget =
        "UPDATE account SET role = NULL; DELETE FROM role WHERE name = 'admin'";

    [Test]
    public void Of_a_table_without_a_counter_that_the_Down_drops(
        [ValueSource(nameof(Downs))] string down,
        [ValueSource(nameof(Edits))] string edit
    ) => RequireSame(Sql($"{Uncounted}; {Seeds}", down), edit);

    [Test]
    public void Of_a_table_without_a_counter_that_stays(
        [Values(DeleteSeeds, "DELETE FROM role", "ALTER TABLE role RENAME TO r; DELETE FROM r")]
            string down,
        [ValueSource(nameof(Edits))] string edit
    )
    {
        Execute($"{Uncounted}; INSERT INTO role (name) VALUES ('first')");
        var up = down.Contains("RENAME", StringComparison.Ordinal)
            ? $"ALTER TABLE r RENAME TO role; {Seeds}"
            : Seeds;
        if (up != Seeds)
        {
            Execute("ALTER TABLE role RENAME TO r");
        }

        RequireSame(Sql(up, down), edit);
    }

    [Test]
    public void Rows_that_people_add_in_between_stay_beside_them()
    {
        Execute(Role);
        var catalog = Sql(Seeds, DeleteSeeds);
        Revert(catalog, "UPDATE role SET id = id + 10");
        Execute("INSERT INTO role VALUES (30, 'guest')");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM role"),
            Is.EqualTo(new[] { "11|admin", "12|user", "30|guest" })
        );
        Execute("INSERT INTO role (name) VALUES ('next')");
        Assert.That(Query("SELECT max(id) FROM role"), Is.EqualTo(new[] { "31" }));
    }

    [Test]
    public void Where_other_rows_have_taken_their_place_the_new_ones_stay_and_the_old_ones_are_kept()
    {
        Execute("CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT)");
        var catalog = Sql(Seeds, DeleteSeeds);
        Revert(catalog, "UPDATE role SET name = name || '!' WHERE 0");
        Execute("INSERT INTO role VALUES (1, 'guest')");

        var restored = Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM role"),
            Is.EqualTo(new[] { "1|guest", "2|admin", "3|user" })
        );
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(2));
        Assert.That(
            Query("SELECT * FROM VersionArchive_2"),
            Is.EqualTo(new[] { "1|admin", "2|user" })
        );
    }

    [Test]
    public void A_row_without_a_counter_that_a_column_elsewhere_refers_to_has_its_number_again()
    {
        AddAccount(Uncounted);
        var catalog = Sql(SeedAndRefer, DeleteAndForget);
        Succeed(catalog, new UpRequest());
        var before = RolesAndAccount();

        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(RolesAndAccount(), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Where_its_number_is_not_free_the_new_row_stays_and_is_not_there_twice()
    {
        AddAccount(Role);
        var catalog = Sql(SeedAndRefer, DeleteAndForget);
        Revert(catalog, "SELECT 1");
        Execute("INSERT INTO role VALUES (50, 'guest')");

        var restored = Reapply(catalog);

        Assert.That(RolesAndAccount(), Is.EqualTo(new[] { "50|guest", "51|admin", "1|51", "51" }));
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(1));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|admin" }));
    }

    [Test]
    public void Of_a_table_without_row_numbers_all_of_them_stay()
    {
        AddAccount("CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID");
        var catalog = Sql(
            "INSERT INTO role VALUES (1, 'admin'), (2, 'user'), (3, 'guest'); UPDATE account SET role = 3",
            "UPDATE account SET role = NULL; DELETE FROM role"
        );
        Revert(catalog, "UPDATE account SET role = NULL; DELETE FROM role WHERE id > 1");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM role ORDER BY id"),
            Is.EqualTo(new[] { "1|admin", "2|user", "3|guest" })
        );
    }

    private void AddAccount(string role)
    {
        Execute(role);
        Execute(
            "CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id)); INSERT INTO account VALUES (1, NULL)"
        );
    }

    private string[] RolesAndAccount() =>
        [.. Query("SELECT * FROM role"), .. Query("SELECT * FROM account"), .. Counter("role")];

    /// <summary>Applies, edits, reverts and applies again: one and the same run later, all is as before.</summary>
    private void RequireSame(MigrationCatalog catalog, string edit)
    {
        Succeed(catalog, new UpRequest());
        Execute(edit);
        var before = RolesAndCounter();

        Succeed(catalog, new DownRequest(), Allowed);
        Succeed(catalog, new UpRequest());
        Assert.That(RolesAndCounter(), Is.EqualTo(before), "after down and up");

        Succeed(catalog, new RedoRequest(), Allowed);
        Assert.That(RolesAndCounter(), Is.EqualTo(before), "after redo");
        Assert.That(Archives(), Is.Empty);
    }

    private string[] RolesAndCounter() => [.. Query("SELECT * FROM role"), .. Counter("role")];
}
