using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>ON DELETE and ON UPDATE do what authors rely on when a migration deletes or changes rows.</summary>
public sealed class SqliteForeignKeyActionsTests : ArchiveFixture<SqliteTestDatabase>
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

    [Test]
    public void An_Up_that_deletes_a_parent_takes_its_children()
    {
        Succeed(Sql("DELETE FROM parent WHERE id = 2", ""), new UpRequest());

        Assert.That(Query("SELECT id FROM child"), Is.EqualTo(new[] { "1" }));
        Assert.That(Query("SELECT id FROM toy"), Is.EqualTo(new[] { "1" }));
        Assert.That(Query("SELECT * FROM note"), Is.EqualTo(new[] { "1|1", "2|", "3|" }));
    }

    [Test]
    public void An_Up_that_gives_a_parent_another_key_takes_its_children_along()
    {
        Succeed(Sql("UPDATE parent SET id = 20 WHERE id = 2", ""), new UpRequest());

        Assert.That(
            Query("SELECT id, parent FROM child"),
            Is.EqualTo(new[] { "1|1", "2|20", "3|20" })
        );
    }

    [TestCase("", TestName = "as FluentMigrator's API has it")]
    [TestCase("; CREATE TABLE more (id INTEGER)", TestName = "beside a table that is made")]
    public void Children_of_a_Down_are_told_and_come_back(string more)
    {
        var catalog = Sql("SELECT 1", "DELETE FROM parent WHERE id = 2" + more);
        Succeed(catalog, new UpRequest());
        var before = Everything();

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(
            refused.Losses.Select(loss => loss.ToString()),
            Is.EquivalentTo(
                new[]
                {
                    "parent (1 row, kept in the archive)",
                    "child (2 rows, kept in the archive)",
                    "toy (2 rows, kept in the archive)",
                    "note.child (1 value, kept in the archive)",
                }
            )
        );
        Succeed(catalog, new DownRequest(), Allowed);
        Execute("DROP TABLE IF EXISTS more");
        Reapply(catalog);

        Assert.That(Everything(), Is.EqualTo(before));
        Assert.That(Archives(), Is.Empty);
    }

    [Test]
    public void Children_come_back_where_a_trigger_might_have_taken_their_parent_before()
    {
        Execute(
            "CREATE TABLE tag (id INTEGER PRIMARY KEY); INSERT INTO tag VALUES (1); CREATE TRIGGER t AFTER DELETE ON tag BEGIN UPDATE parent SET name = 'c'; END"
        );
        var catalog = Sql("SELECT 1", "DELETE FROM tag; DELETE FROM parent WHERE id = 2");
        Succeed(catalog, new UpRequest());
        var children = Query("SELECT * FROM child");

        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM child"), Is.EqualTo(children));
    }

    [Test]
    public void A_reference_that_was_set_elsewhere_meanwhile_stays_there()
    {
        var catalog = Sql("SELECT 1", "DELETE FROM parent WHERE id = 2");
        Revert(catalog, "SELECT 1");
        Execute("UPDATE note SET child = 1 WHERE id = 2");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM note"), Is.EqualTo(new[] { "1|1", "2|1", "3|" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "note.child 1 LeftOver" }));
    }

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

        Assert.That(Query("PRAGMA foreign_key_check"), Is.Empty);
    }

    [Test]
    public void A_parent_may_come_with_a_later_migration_of_the_run(
        [Values("", "DEFERRABLE INITIALLY DEFERRED")] string when
    )
    {
        Execute(
            $"CREATE TABLE late (id INTEGER PRIMARY KEY, parent REFERENCES parent (id) {when})"
        );

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

        Assert.That(Query("PRAGMA foreign_key_check"), Is.Empty);
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
    public void Rows_that_a_trigger_takes_from_unnamed_tables_are_still_missed()
    {
        Execute(
            "CREATE TABLE log (id INTEGER); INSERT INTO log VALUES (1); CREATE TRIGGER t AFTER DELETE ON child BEGIN DELETE FROM log; END"
        );

        var failure = Fail<MigrationFailedException>(
            Sql("DELETE FROM parent WHERE id = 2", ""),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("log (1 row)"));
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

    [Test]
    public void They_take_effect_without_a_transaction_too()
    {
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(1, "One", "DELETE FROM toy WHERE id = 1; DELETE FROM parent WHERE id = 2")
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT id FROM child"), Is.EqualTo(new[] { "1" }));
        Assert.That(Query("SELECT count(*) FROM toy"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void A_parent_that_is_made_and_deleted_in_one_migration_takes_its_children()
    {
        Succeed(
            Sql(
                """
                CREATE TABLE p (id INTEGER PRIMARY KEY);
                CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE);
                INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 2);
                DELETE FROM p WHERE id = 1;
                """,
                ""
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT * FROM c"), Is.EqualTo(new[] { "2|2" }));
    }

    private string[] Everything() =>
        [
            .. Query("SELECT * FROM parent"),
            .. Query("SELECT * FROM child"),
            .. Query("SELECT * FROM toy"),
            .. Query("SELECT * FROM note"),
        ];
}
