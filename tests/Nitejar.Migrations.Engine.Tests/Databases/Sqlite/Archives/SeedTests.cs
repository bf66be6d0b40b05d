using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>After `down` and `up` of unchanged migrations, rows that migrations insert are what they were before.</summary>
public sealed class SeedTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Role =
        "CREATE TABLE role (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)";
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

    [Test]
    public void Of_a_table_that_the_Down_drops(
        [ValueSource(nameof(Downs))] string down,
        [ValueSource(nameof(Edits))] string edit,
        [Values] bool hasCounter
    )
    {
        var role = hasCounter ? Role : Role.Replace("AUTOINCREMENT", "", StringComparison.Ordinal);
        RequireSame(Sql($"{role}; {Seeds}", down), edit);
    }

    [Test]
    public void Of_a_table_that_stays(
        [Values(DeleteSeeds, "DELETE FROM role", "ALTER TABLE role RENAME TO r; DELETE FROM r")]
            string down,
        [ValueSource(nameof(Edits))] string edit,
        [Values] bool hasCounter
    )
    {
        Execute(hasCounter ? Role : Role.Replace("AUTOINCREMENT", "", StringComparison.Ordinal));
        Execute("INSERT INTO role (name) VALUES ('first')");
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
    public void Of_a_table_whose_seeds_were_edited_so_that_the_Down_misses_them()
    {
        Execute("CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT)");

        RequireSame(
            Sql(
                "INSERT INTO role (id, name) VALUES (1, 'admin')",
                "DELETE FROM role WHERE id = 1 AND name = 'admin'"
            ),
            "UPDATE role SET name = 'boss'"
        );
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
    public void A_row_that_a_column_elsewhere_refers_to_has_its_number_again(
        [Values] bool hasCounter
    )
    {
        AddAccount(hasCounter);
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
        AddAccount(hasCounter: true);
        var catalog = Sql(SeedAndRefer, DeleteAndForget);
        Revert(catalog, "SELECT 1");
        Execute("INSERT INTO role VALUES (50, 'guest')");

        var restored = Reapply(catalog);

        Assert.That(
            RolesAndAccount(),
            Is.EqualTo(new[] { "50|guest", "51|admin", "1|51", "role|51" })
        );
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(1));
        Assert.That(Query("SELECT * FROM VersionArchive_1"), Is.EqualTo(new[] { "1|admin" }));
    }

    private const string SeedAndRefer =
        "INSERT INTO role (name) VALUES ('admin'); UPDATE account SET role = (SELECT id FROM role WHERE name = 'admin')";

    private const string DeleteAndForget =
        "UPDATE account SET role = NULL; DELETE FROM role WHERE name = 'admin'";

    private void AddAccount(bool hasCounter)
    {
        Execute(hasCounter ? Role : Role.Replace("AUTOINCREMENT", "", StringComparison.Ordinal));
        Execute(
            "CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id)); INSERT INTO account VALUES (1, NULL)"
        );
    }

    private string[] RolesAndAccount() =>
        [.. Query("SELECT * FROM role"), .. Query("SELECT * FROM account"), .. Counter()];

    [Test]
    public void Rows_of_one_migration_that_refer_to_seeds_of_another_wait_for_them(
        [Values] bool atOnce
    )
    {
        var catalog = Chain();
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO account VALUES (7, 2), (8, 1), (9, NULL)");
        Execute("INSERT INTO token VALUES (1, 7)");
        var before = Rows();
        Succeed(catalog, new DownRequest(All: true), Allowed);

        if (atOnce)
        {
            Succeed(catalog, new UpRequest());
        }
        else
        {
            var first = Succeed(catalog, new UpRequest(Steps: 1));
            Assert.That(Query("SELECT id FROM account"), Is.EqualTo(new[] { "9" }));
            Assert.That(Query("PRAGMA foreign_key_check"), Is.Empty);
            Assert.That(
                first.Warnings,
                Has.Some.Contain("account (2 rows").And.Some.Contain("token (1 row")
            );
            Assert.That(
                Archives(),
                Is.SupersetOf(new[] { "account 2 Waiting", "token 1 Waiting" })
            );
            Succeed(catalog, new UpRequest());
        }

        Assert.That(Rows(), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_wait_go_with_their_table_when_it_is_reverted_again()
    {
        var catalog = Chain();
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO account VALUES (7, 2), (9, NULL); INSERT INTO token VALUES (1, 7)");
        var before = Rows();
        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest(Steps: 1));
        Succeed(catalog, new DownRequest(), Allowed);

        Succeed(catalog, new UpRequest());

        Assert.That(Rows(), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Rows_that_wait_for_what_is_discarded_are_left_over()
    {
        var catalog = MigrationsOf.Catalog([.. Chain().All.Take(2)]);
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO account VALUES (7, 2)");
        Succeed(catalog, new DownRequest(All: true), Allowed);
        Succeed(catalog, new UpRequest(Steps: 1));

        Succeed(catalog, new UpRequest(), new RunSettings(TimeSpan.Zero, KeepRows: false));

        Assert.That(Query("SELECT id FROM account"), Is.Empty);
        Assert.That(Archives(), Is.EqualTo(new[] { "account 1 LeftOver" }));
    }

    [Test]
    public void A_later_Down_supersedes_an_archive_whether_it_archives_or_not([Values] bool keeps)
    {
        var catalog = Sql($"{Role}; {Seeds}", "DROP TABLE role");
        Revert(catalog, "UPDATE role SET name = 'old'");

        // Another runner applies it.
        Execute(
            $"{Role}; INSERT INTO role (name) VALUES ('other'); INSERT INTO VersionInfo VALUES (1, '2026-01-01', 'One')"
        );
        Succeed(catalog, new DownRequest(), Allowed with { KeepRows = keeps });
        Succeed(catalog, new UpRequest());

        Assert.That(
            Query("SELECT name FROM role"),
            Is.EqualTo(keeps ? new[] { "other", "user" } : new[] { "admin", "user" })
        );
        Assert.That(Archives(), Is.EqualTo(new[] { "role 2 LeftOver" }));
    }

    [Test]
    public void A_changed_Up_keeps_its_rows_but_those_whose_key_an_archived_row_has()
    {
        Revert(
            Sql($"{Role}; {Seeds}", "DROP TABLE role"),
            "UPDATE role SET name = 'mine' WHERE id = 1; DELETE FROM role WHERE id = 2; INSERT INTO role VALUES (9, 'ours')"
        );

        var up = Succeed(
            Sql($"{Role}; {Seeds}; INSERT INTO role (name) VALUES ('third')", "DROP TABLE role"),
            new UpRequest()
        );

        Assert.That(
            Query("SELECT * FROM role"),
            Is.EqualTo(new[] { "1|mine", "2|user", "3|third", "9|ours" })
        );
        Assert.That(up.Warnings, Has.One.Contains("1_One is not what was reverted"));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void A_changed_Up_keeps_its_rows_in_a_table_that_stays_too()
    {
        Execute(Role);
        Revert(Sql(Seeds, DeleteSeeds), "INSERT INTO role VALUES (9, 'ours')");

        Reapply(Sql("INSERT INTO role VALUES (1, 'changed'), (3, 'third')", DeleteSeeds));

        Assert.That(
            Query("SELECT * FROM role"),
            Is.EqualTo(new[] { "1|admin", "2|user", "3|third", "9|ours" })
        );
    }

    [Test]
    public void Without_a_row_to_come_back_nothing_is_left_behind()
    {
        Revert(Sql("CREATE TABLE t (id INTEGER)", "DROP TABLE t"), "SELECT 1");

        Assert.That(
            Query("SELECT name FROM sqlite_master WHERE name GLOB 'VersionArchive*'"),
            Is.Empty
        );
    }

    [Test]
    public void What_the_Down_itself_adds_before_it_drops_the_table_does_not_come_back()
    {
        RequireSame(
            Sql($"{Role}; {Seeds}", "INSERT INTO role (name) VALUES ('tmp'); DROP TABLE role"),
            "SELECT 1"
        );
    }

    private static MigrationCatalog Chain() =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Tables",
                $"""
                {Role};
                CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id));
                CREATE TABLE token (id INTEGER PRIMARY KEY, account REFERENCES account (id));
                """,
                "DROP TABLE role; DROP TABLE account; DROP TABLE token"
            ),
            MigrationsOf.Sql(2, "Roles", Seeds, DeleteSeeds),
            MigrationsOf.Sql(
                3,
                "Account",
                "INSERT INTO account VALUES (1, 1)",
                "DELETE FROM account WHERE id = 1"
            )
        );

    private string[] Rows() =>
        [
            .. Query("SELECT * FROM role"),
            .. Query("SELECT * FROM account ORDER BY id"),
            .. Query("SELECT * FROM token"),
            .. Query("SELECT * FROM sqlite_sequence WHERE name NOT LIKE 'Version%'"),
        ];

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

    private string[] RolesAndCounter() => [.. Query("SELECT * FROM role"), .. Counter()];

    private string[] Counter() =>
        Query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").Length == 0
            ? []
            : Query("SELECT * FROM sqlite_sequence WHERE name = 'role'");
}
