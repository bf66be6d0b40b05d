using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>
/// While a run is under way foreign keys are not enforced, so that rows may come back before the seeds that they refer to:
/// they wait for them.
/// </summary>
public sealed class WaitingRowsTests : ArchiveFixture<SqliteTestDatabase>
{
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
            Assert.That(Dangling(), Is.Empty);
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

    private static MigrationCatalog Chain() =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Tables",
                """
                CREATE TABLE role (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
                CREATE TABLE account (id INTEGER PRIMARY KEY, role REFERENCES role (id));
                CREATE TABLE token (id INTEGER PRIMARY KEY, account REFERENCES account (id));
                """,
                "DROP TABLE role; DROP TABLE account; DROP TABLE token"
            ),
            MigrationsOf.Sql(
                2,
                "Roles",
                "INSERT INTO role (name) VALUES ('admin'); INSERT INTO role (name) VALUES ('user')",
                "DELETE FROM role WHERE name = 'admin'; DELETE FROM role WHERE name = 'user'"
            ),
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
}
