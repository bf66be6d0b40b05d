using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>SQLite enforces foreign keys for the statements that rely on them, and at the end of a run for the others.</summary>
public sealed class SqliteForeignKeyActionsTests : ConformanceTests<SqliteTestDatabase>
{
    private const string Family = """
        CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE child (id INTEGER PRIMARY KEY, parent REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE);
        CREATE TABLE toy (id INTEGER PRIMARY KEY, child REFERENCES child (id) ON DELETE CASCADE);
        CREATE TABLE note (id INTEGER PRIMARY KEY, child REFERENCES child (id) ON DELETE SET NULL);
        CREATE TABLE strict_child (id INTEGER PRIMARY KEY, parent REFERENCES parent (id));
        INSERT INTO parent VALUES (1, 'a'), (2, 'b');
        INSERT INTO child VALUES (1, 1), (2, 2), (3, 2);
        INSERT INTO toy VALUES (1, 1), (2, 2), (3, 3);
        INSERT INTO note VALUES (1, 1), (2, 2), (3, NULL);
        """;

    [SetUp]
    public void AddFamily() => Execute(Family);

    [TestCase(
        "INSERT INTO child VALUES (9, 9); INSERT INTO parent VALUES (9, 'late'); DELETE FROM toy"
    )]
    [TestCase(
        "INSERT INTO strict_child VALUES (9, 2); DELETE FROM parent WHERE id = 2; INSERT INTO parent VALUES (2, 'again')"
    )]
    [TestCase("UPDATE child SET parent = 9; INSERT INTO parent VALUES (9, 'late')")]
    public void A_child_may_still_come_before_its_parent(string up)
    {
        Succeed(Sql(up, ""), new UpRequest());

        Assert.That(Dangling(), Is.Empty);
    }

    [Test]
    public void A_parent_may_come_with_a_later_migration_of_the_run()
    {
        Execute("CREATE TABLE late (id INTEGER PRIMARY KEY, parent REFERENCES parent (id))");

        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "Child", "INSERT INTO late VALUES (1, 9); DELETE FROM toy"),
                MigrationsOf.Sql(2, "Other", "CREATE TABLE x (id INTEGER); DROP TABLE x"),
                MigrationsOf.Sql(
                    3,
                    "Parent",
                    "INSERT INTO parent VALUES (9, 'late'); DELETE FROM note"
                )
            ),
            new UpRequest()
        );

        Assert.That(Dangling(), Is.Empty);
    }

    [TestCase("DROP TABLE note; DELETE FROM parent WHERE id = 2")]
    [TestCase("ALTER TABLE note RENAME TO notes; DELETE FROM parent WHERE id = 2")]
    [TestCase("REPLACE INTO parent VALUES (1, 'new'); DELETE FROM parent WHERE id = 2")]
    public void A_step_that_does_more_has_keys_off_and_says_so(string up)
    {
        var failure = Fail<MigrationFailedException>(Sql(up, ""), new UpRequest());

        Assert.That(failure.Message, Does.Contain("child row"));
        Assert.That(failure.NextStep, Does.Contain("ON DELETE"));
    }

    [TestCase("REPLACE INTO parent VALUES (2, 'new')")]
    [TestCase(
        "DROP TABLE parent; CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1), (2)"
    )]
    public void What_replaces_or_drops_a_parent_takes_no_child(string up)
    {
        Succeed(Sql(up, ""), new UpRequest());

        Assert.That(Query("SELECT count(*) FROM child, toy"), Is.EqualTo(new[] { "9" }));
    }

    [Test]
    public void Code_and_the_statements_beside_it_have_keys_off()
    {
        string? seen = null;
        var code = MigrationsOf.Code(
            1,
            "Code",
            m =>
            {
                m.Execute.Sql("DELETE FROM toy WHERE id = 99");
                m.Execute.WithConnection(
                    (connection, transaction) =>
                    {
                        using var command = connection.CreateCommand();
                        command.Transaction = transaction;
                        command.CommandText = "PRAGMA foreign_keys";
                        seen = command.ExecuteScalar()!.ToString();
                    }
                );
            },
            m => { }
        );

        Succeed(MigrationsOf.Catalog(code), new UpRequest());

        Assert.That(seen, Is.EqualTo("0"));
    }
}
