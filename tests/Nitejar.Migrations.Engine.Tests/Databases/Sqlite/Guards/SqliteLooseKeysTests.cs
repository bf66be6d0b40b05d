using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>A run leaves no foreign key that leads nowhere, whether or not a row uses it.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class SqliteLooseKeysTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string RenamedAway = """
        ALTER TABLE authors RENAME TO authors_old;
        CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
        INSERT INTO authors SELECT id, coalesce(name, '') FROM authors_old;
        DROP TABLE authors_old;
        """;

    private const string TwelveSteps = """
        CREATE TABLE new_authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
        INSERT INTO new_authors SELECT id, coalesce(name, '') FROM authors;
        DROP TABLE authors;
        ALTER TABLE new_authors RENAME TO authors;
        """;

    private const string NullReference = "INSERT INTO books VALUES (1, NULL);";
    private const string RealReference = "INSERT INTO books VALUES (1, 1);";

    [SetUp]
    public void AddLibrary() =>
        Execute(
            """
            CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
            INSERT INTO authors VALUES (1, 'a');
            CREATE TABLE books (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES authors (id));
            """
        );

    [Test]
    public void A_table_is_not_made_before_its_parent()
    {
        var refused = Fail<RefusedException>(
            Up("CREATE TABLE \"odd \"\"name\" (x REFERENCES ghosts, y REFERENCES spirits (id))"),
            new UpRequest()
        );

        Assert.That(
            refused.Message,
            Is.EqualTo(
                "Foreign keys would lead nowhere: odd \"name (x) refers to ghosts, and there is no such table; "
                    + "odd \"name (y) refers to spirits, and there is no such table."
            )
        );
        Assert.That(refused.NextStep, Does.Contain("create ghosts").And.Not.Contain("--yes"));
    }

    [TestCase("ALTER TABLE books ADD COLUMN series_id INTEGER REFERENCES series (id)")]
    [TestCase("CREATE TABLE loans (book REFERENCES tomes); INSERT INTO authors VALUES (2, 'b')")]
    [TestCase("CREATE TABLE loans (book REFERENCES tomes); DROP TABLE books")]
    [TestCase("CREATE VIEW tomes AS SELECT 1 AS id; CREATE TABLE loans (book REFERENCES tomes)")]
    [TestCase("DROP TABLE authors")]
    [TestCase("DROP TABLE authors; CREATE VIEW authors AS SELECT 1 AS id")]
    public void Each_way_to_lose_a_parent_is_refused(string up) =>
        Fail<RefusedException>(Up(up), new UpRequest(), Allowed);

    [TestCase("")]
    [TestCase(NullReference)]
    public void References_do_not_follow_a_table_that_is_renamed_away(string rows)
    {
        Execute(rows);

        var refused = Fail<RefusedException>(Up(RenamedAway), new UpRequest(), Allowed);

        Assert.That(
            refused.Message,
            Is.EqualTo(
                "A foreign key would lead nowhere: books (author_id) refers to authors_old, and there is no such table."
            )
        );
        Assert.That(refused.NextStep, Does.Contain("under another name").And.Contain("Rebuild"));
    }

    [TestCase("")]
    [TestCase(NullReference)]
    public void Neither_do_they_on_the_way_down(string rows)
    {
        Execute(rows);
        var catalog = Down(RenamedAway);

        Fail<RefusedException>(catalog, new RedoRequest(), Allowed);
        Fail<RefusedException>(catalog, new DownRequest());
        Assert.That(
            Succeed(catalog, new DownRequest(), Allowed).Warnings.Single(),
            Does.Contain("authors_old")
        );
    }

    [Test]
    public void Rows_that_dangle_are_a_failure_all_the_same()
    {
        Execute(RealReference);

        Fail<MigrationFailedException>(Up(RenamedAway), new UpRequest());
        Fail<MigrationFailedException>(Down(RenamedAway), new DownRequest(), Allowed);
    }

    [TestCase("")]
    [TestCase(NullReference)]
    [TestCase(RealReference)]
    public void A_rebuild_in_the_right_order_goes_on(string rows)
    {
        Execute(rows);

        Succeed(Up(TwelveSteps), new UpRequest());

        Execute("PRAGMA foreign_keys=ON; INSERT INTO books VALUES (2, 1)");
    }

    [Test]
    public void A_Down_that_leaves_an_empty_table_without_its_parent_needs_consent()
    {
        Execute("DELETE FROM authors");
        var catalog = Down("DROP TABLE authors");

        var refused = Fail<RefusedException>(catalog, new DownRequest());
        Assert.That(
            refused.NextStep,
            Does.EndWith(
                "Or add --yes if that is meant: then nothing can be inserted into books while foreign keys are enforced."
            )
        );

        var result = Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(
            result.Warnings,
            Is.EqualTo(
                new[]
                {
                    "A foreign key leads nowhere now, and nothing can be inserted into books while foreign keys are enforced: "
                        + "books (author_id) refers to authors, and there is no such table.",
                }
            )
        );
    }

    [Test]
    public void A_warning_outlasts_the_part_of_the_run_that_it_is_about()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Table(2, "two").WithoutTransaction(),
            MigrationsOf.Sql(3, "Three", "SELECT 1", "DROP TABLE authors")
        );
        Succeed(catalog, new UpRequest());

        var result = Succeed(catalog, new DownRequest(All: true), Allowed);

        Assert.That(result.Warnings.Single(), Does.Contain("books (author_id)"));
    }

    [Test]
    public void A_key_over_what_is_referred_to_is_not_taken_away()
    {
        Execute(
            "CREATE UNIQUE INDEX by_name ON authors (name); CREATE TABLE fans (of TEXT REFERENCES Authors (NAME))"
        );

        var refused = Fail<RefusedException>(Up("DROP INDEX by_name"), new UpRequest());
        Assert.That(
            refused.Message,
            Is.EqualTo(
                "A foreign key would lead nowhere: foreign key mismatch - \"fans\" referencing \"Authors\"."
            )
        );

        Execute("INSERT INTO fans VALUES ('a')");
        Fail<MigrationFailedException>(Up("DROP INDEX by_name"), new UpRequest());
    }

    [TestCase("CREATE TABLE fans (of REFERENCES authors (name))")]
    [TestCase("CREATE TABLE pairs (a, b, UNIQUE (a)); CREATE TABLE c (a REFERENCES pairs)")]
    [TestCase(
        "CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)); CREATE TABLE c (a REFERENCES pairs (a))"
    )]
    public void A_new_key_needs_a_key_that_fits(string up) =>
        Fail<RefusedException>(Up(up), new UpRequest());

    [TestCase("CREATE TABLE tree (id INTEGER PRIMARY KEY, parent REFERENCES TREE)")]
    [TestCase("CREATE TABLE \"Loans 1\" (book REFERENCES \"BOOKS\" (ID))")]
    [TestCase(
        "CREATE TABLE c (x, y, FOREIGN KEY (x, y) REFERENCES p); CREATE TABLE p (a, b, PRIMARY KEY (a, b))"
    )]
    [TestCase(
        "CREATE TABLE c (x REFERENCES p (a)); CREATE TABLE p (a); CREATE UNIQUE INDEX i ON p (a)"
    )]
    [TestCase("CREATE TABLE c (x REFERENCES p); SELECT 1; CREATE TABLE p (id INTEGER PRIMARY KEY)")]
    [TestCase("ALTER TABLE authors RENAME TO writers; ALTER TABLE writers RENAME COLUMN id TO nr")]
    [TestCase("CREATE TABLE c (x REFERENCES ghosts); DROP TABLE c")]
    [TestCase("CREATE TABLE IF NOT EXISTS books (x REFERENCES ghosts)")]
    [TestCase("CREATE TEMP TABLE c (x REFERENCES ghosts)")]
    [TestCase("DROP TABLE books; DROP TABLE authors")]
    public void What_leads_somewhere_at_the_end_goes_on(string up) =>
        Succeed(Up(up), new UpRequest());

    [Test]
    public void A_parent_may_be_made_by_a_later_migration_of_the_run() =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "CREATE TABLE loans (member REFERENCES members)"),
                MigrationsOf.Table(2, "members")
            ),
            new UpRequest()
        );

    [TestCase("CREATE TABLE other (id INTEGER)")]
    [TestCase("UPDATE authors SET name = 'b'")]
    [TestCase("ALTER TABLE lost RENAME TO found; ALTER TABLE found RENAME COLUMN x TO y")]
    [TestCase("ALTER TABLE lost ADD COLUMN note TEXT; CREATE INDEX i ON lost (x); SELECT 1")]
    [TestCase(
        "CREATE TABLE n (X REFERENCES Ghosts); DROP TABLE lost; ALTER TABLE n RENAME TO LOST"
    )]
    [TestCase("ALTER TABLE authors RENAME TO people; DROP TABLE fans; SELECT 1")]
    [TestCase("ALTER TABLE authors RENAME TO people")]
    [TestCase("DROP TABLE books; ALTER TABLE authors RENAME TO people; DROP TABLE people")]
    [TestCase("DELETE FROM authors; DROP TABLE books; DROP TABLE authors")]
    [TestCase("CREATE TABLE ghosts (id INTEGER); SELECT 1")]
    public void A_key_that_led_nowhere_before_is_not_held_against_the_run(string up)
    {
        Execute(
            "CREATE TABLE lost (x REFERENCES ghosts); CREATE TABLE fans (of REFERENCES authors (name))"
        );

        Succeed(Up(up), new UpRequest());
    }

    [Test]
    public void One_more_key_of_the_same_table_is_held_against_it()
    {
        Execute("CREATE TABLE lost (x REFERENCES ghosts)");

        var refused = Fail<RefusedException>(
            Up("ALTER TABLE lost ADD COLUMN y REFERENCES ghosts"),
            new UpRequest()
        );

        Assert.That(refused.Message, Does.Contain("lost (y)").And.Not.Contain("lost (x)"));
    }

    [Test]
    public void Code_is_looked_after_as_well() =>
        Fail<RefusedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Code(
                    1,
                    "One",
                    m =>
                        m.Execute.WithConnection(
                            (connection, transaction) =>
                            {
                                using var command = connection.CreateCommand();
                                command.Transaction = transaction;
                                command.CommandText = "CREATE TABLE loans (x REFERENCES ghosts)";
                                command.ExecuteNonQuery();
                            }
                        ),
                    _ => { }
                )
            ),
            new UpRequest()
        );

    [Test]
    public void Without_a_transaction_a_child_may_come_before_its_parent() =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(
                        1,
                        "One",
                        "CREATE TABLE loans (x REFERENCES members); CREATE TABLE members (id INTEGER PRIMARY KEY);"
                    )
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

    [Test]
    public void Without_a_transaction_the_end_is_looked_at_too()
    {
        var result = Run(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(1, "One", "CREATE TABLE loans (x REFERENCES members); SELECT 1;")
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

        Assert.That(result.Failure, Is.InstanceOf<RefusedException>());
        Assert.That(result.PartialState, Does.Contain("after 2 of 2 statements"));
    }

    private static MigrationCatalog Up(string sql) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", sql));

    /// <summary>A migration that is applied already.</summary>
    private MigrationCatalog Down(string sql)
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1", sql));
        Succeed(catalog, new UpRequest());
        return catalog;
    }
}
