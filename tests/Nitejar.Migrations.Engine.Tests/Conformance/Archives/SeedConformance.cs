using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>After `down` and `up` of unchanged migrations, rows that migrations insert are what they were before.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class SeedConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string DeleteSeeds =
        "DELETE FROM role WHERE name = 'admin'; DELETE FROM role WHERE name = 'user'";

    private const string Guest = "(guest)";

    private static readonly string[] Edits =
    [
        "SELECT 1",
        "UPDATE role SET name = 'boss' WHERE id = 1",
        "DELETE FROM role WHERE name = 'user'",
        "DELETE FROM role",
        Guest,
        "INSERT INTO role (id, name) VALUES (900, 'guest'); DELETE FROM role WHERE id = 900",
        "UPDATE role SET id = 70 WHERE id = 2",
    ];

    private static readonly string[] Downs =
    [
        "DROP TABLE role",
        $"{DeleteSeeds}; DROP TABLE role",
        "DELETE FROM role; DROP TABLE role",
        "UPDATE role SET name = 'x'; DELETE FROM role WHERE id > 1; DROP TABLE role",
        "ALTER TABLE role RENAME TO gone; DELETE FROM gone; DROP TABLE gone",
    ];

    private static string Role => MakeRole(hasCounter: true);

    private static string Seeds => InsertSeeds(hasCounter: true);

    [Test]
    public void Of_a_table_that_the_Down_drops(
        [ValueSource(nameof(Downs))] string down,
        [ValueSource(nameof(Edits))] string edit,
        [Values] bool hasCounter
    ) =>
        RequireSame(
            Sql($"{MakeRole(hasCounter)}; {InsertSeeds(hasCounter)}", down),
            WithGuest(edit, hasCounter)
        );

    [Test]
    public void Of_a_table_that_stays(
        [Values(DeleteSeeds, "DELETE FROM role")] string down,
        [ValueSource(nameof(Edits))] string edit,
        [Values] bool hasCounter
    )
    {
        Execute(MakeRole(hasCounter));
        Execute(Insert(9, "first", hasCounter));

        RequireSame(Sql(InsertSeeds(hasCounter), down), WithGuest(edit, hasCounter));
    }

    [Test]
    public void Of_a_table_that_stays_under_another_name(
        [ValueSource(nameof(Edits))] string edit,
        [Values] bool hasCounter
    )
    {
        Execute(MakeRole(hasCounter));
        Execute(Insert(9, "first", hasCounter));
        Execute("ALTER TABLE role RENAME TO r");

        RequireSame(
            Sql(
                $"ALTER TABLE r RENAME TO role; {InsertSeeds(hasCounter)}",
                "ALTER TABLE role RENAME TO r; DELETE FROM r"
            ),
            WithGuest(edit, hasCounter)
        );
    }

    [Test]
    public void Of_a_table_whose_seeds_were_edited_so_that_the_Down_misses_them()
    {
        Execute("CREATE TABLE role (id integer PRIMARY KEY, name text)");

        RequireSame(
            Sql(
                "INSERT INTO role (id, name) VALUES (1, 'admin')",
                "DELETE FROM role WHERE id = 1 AND name = 'admin'"
            ),
            "UPDATE role SET name = 'boss'"
        );
    }

    [Test]
    public void What_the_Down_itself_adds_before_it_drops_the_table_does_not_come_back() =>
        RequireSame(
            Sql($"{Role}; {Seeds}", "INSERT INTO role (name) VALUES ('tmp'); DROP TABLE role"),
            "SELECT 1"
        );

    [Test]
    public void Rows_that_people_add_in_between_stay_beside_them()
    {
        Execute(Role);
        var catalog = Sql(Seeds, DeleteSeeds);
        Revert(catalog, "UPDATE role SET id = id + 10");
        Execute("INSERT INTO role (name) VALUES ('guest')");

        Reapply(catalog);
        Execute("INSERT INTO role (name) VALUES ('next')");

        Assert.That(
            Query("SELECT * FROM role WHERE name <> 'next' ORDER BY id"),
            Is.EqualTo(new[] { "3|guest", "11|admin", "12|user" })
        );
    }

    [Test]
    public void A_row_that_a_column_elsewhere_refers_to_has_its_number_again(
        [Values] bool hasCounter
    )
    {
        Execute(MakeRole(hasCounter));
        Execute(
            "CREATE TABLE account (id integer PRIMARY KEY, role integer REFERENCES role (id)); INSERT INTO account (id, role) VALUES (1, NULL)"
        );
        var catalog = Sql(
            $"{Insert(1, "admin", hasCounter)}; UPDATE account SET role = (SELECT id FROM role WHERE name = 'admin')",
            "UPDATE account SET role = NULL; DELETE FROM role WHERE name = 'admin'"
        );
        Succeed(catalog, new UpRequest());
        string[] before = [.. RolesAndCounter(), .. Query("SELECT * FROM account")];

        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(RolesAndCounter().Concat(Query("SELECT * FROM account")), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_later_Down_supersedes_an_archive_whether_it_archives_or_not([Values] bool keeps)
    {
        var catalog = Sql($"{Role}; {Seeds}", "DROP TABLE role");
        Revert(catalog, "UPDATE role SET name = 'old'");

        // Another runner applies it.
        Execute($"{Role}; INSERT INTO role (name) VALUES ('other')");
        Execute(
            "INSERT INTO \"VersionInfo\" (\"Version\", \"AppliedOn\", \"Description\") VALUES (1, '2026-01-01', 'One')"
        );
        Succeed(catalog, new DownRequest(), Allowed with { KeepRows = keeps });
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT name FROM role ORDER BY id"),
            Is.EqualTo(keeps ? new[] { "other", "user" } : new[] { "admin", "user" })
        );
        Assert.That(Archives(), Is.EqualTo(new[] { "role 2 LeftOver" }));
    }

    [Test]
    public void A_changed_Up_keeps_its_rows_but_those_whose_key_an_archived_row_has()
    {
        Revert(
            Sql($"{Role}; {Seeds}", "DROP TABLE role"),
            "UPDATE role SET name = 'mine' WHERE id = 1; DELETE FROM role WHERE id = 2; INSERT INTO role (id, name) VALUES (9, 'ours')"
        );

        var up = Succeed(
            Sql($"{Role}; {Seeds}; INSERT INTO role (name) VALUES ('third')", "DROP TABLE role"),
            new UpRequest()
        );

        Assert.That(
            Query("SELECT * FROM role ORDER BY id"),
            Is.EqualTo(new[] { "1|mine", "2|user", "3|third", "9|ours" })
        );
        Assert.That(up.Warnings, Has.One.Contains("1_One is not what was reverted"));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_changed_Up_keeps_its_rows_in_a_table_that_stays_too()
    {
        Execute(Role);
        Revert(Sql(Seeds, DeleteSeeds), "INSERT INTO role (id, name) VALUES (9, 'ours')");

        Reapply(
            Sql("INSERT INTO role (id, name) VALUES (1, 'changed'), (3, 'third')", DeleteSeeds)
        );

        Assert.That(
            Query("SELECT * FROM role ORDER BY id"),
            Is.EqualTo(new[] { "1|admin", "2|user", "3|third", "9|ours" })
        );
    }

    [Test]
    public void Without_a_row_to_come_back_nothing_is_left_behind()
    {
        Revert(Sql("CREATE TABLE t (id integer)", "DROP TABLE t"), "SELECT 1");

        Assert.That(TableNames(), Has.None.StartsWith("VersionArchive"));
    }

    private static string MakeRole(bool hasCounter) =>
        $"CREATE TABLE role (id {(hasCounter ? TDatabase.NumberedKey : "integer PRIMARY KEY")}, name text)";

    private static string InsertSeeds(bool hasCounter) =>
        $"{Insert(1, "admin", hasCounter)}; {Insert(2, "user", hasCounter)}";

    private static string WithGuest(string edit, bool hasCounter) =>
        edit.Replace(Guest, Insert(3, "guest", hasCounter), StringComparison.Ordinal);

    /// <summary>A key that does not count has to be given.</summary>
    private static string Insert(int id, string name, bool hasCounter) =>
        hasCounter
            ? $"INSERT INTO role (name) VALUES ('{name}')"
            : $"INSERT INTO role (id, name) VALUES ({id}, '{name}')";

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

    private string[] RolesAndCounter() =>
        [.. Query("SELECT * FROM role ORDER BY id"), .. Counter("role")];
}
