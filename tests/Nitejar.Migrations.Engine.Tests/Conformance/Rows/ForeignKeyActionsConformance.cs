using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Rows;

/// <summary>ON DELETE and ON UPDATE do what authors rely on when a migration deletes or changes rows.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ForeignKeyActionsConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [SetUp]
    public void AddFamily() =>
        Execute(
            """
            CREATE TABLE parent (id integer PRIMARY KEY, name text);
            CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE);
            CREATE TABLE toy (id integer PRIMARY KEY, child integer REFERENCES child (id) ON DELETE CASCADE);
            CREATE TABLE note (id integer PRIMARY KEY, child integer REFERENCES child (id) ON DELETE SET NULL);
            INSERT INTO parent (id, name) VALUES (1, 'a'), (2, 'b');
            INSERT INTO child (id, parent) VALUES (1, 1), (2, 2), (3, 2);
            INSERT INTO toy (id, child) VALUES (1, 1), (2, 2), (3, 3);
            INSERT INTO note (id, child) VALUES (1, 1), (2, 2), (3, NULL);
            """
        );

    [Test]
    public void An_Up_that_deletes_a_parent_takes_its_children()
    {
        Succeed(Sql("DELETE FROM parent WHERE id = 2"), new UpRequest());

        Assert.That(Query("SELECT id FROM child"), Is.EqualTo(new[] { "1" }));
        Assert.That(Query("SELECT id FROM toy"), Is.EqualTo(new[] { "1" }));
        Assert.That(Notes(), Is.EqualTo(new[] { "1|1", "2|", "3|" }));
    }

    [Test]
    public void An_Up_that_gives_a_parent_another_key_takes_its_children_along()
    {
        Succeed(Sql("UPDATE parent SET id = 20 WHERE id = 2"), new UpRequest());

        Assert.That(Children(), Is.EqualTo(new[] { "1|1", "2|20", "3|20" }));
    }

    [TestCase("", TestName = "as FluentMigrator's API has it")]
    [TestCase("; CREATE TABLE more (id integer)", TestName = "beside a table that is made")]
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
        Execute("CREATE TABLE tag (id integer PRIMARY KEY); INSERT INTO tag (id) VALUES (1)");
        Execute(TDatabase.Trigger("t", "AFTER DELETE ON tag", "UPDATE parent SET name = 'c';"));
        var catalog = Sql("SELECT 1", "DELETE FROM tag; DELETE FROM parent WHERE id = 2");
        Succeed(catalog, new UpRequest());
        var children = Children();

        Succeed(catalog, new DownRequest(), Allowed);
        Reapply(catalog);

        Assert.That(Children(), Is.EqualTo(children));
    }

    [Test]
    public void A_reference_that_was_set_elsewhere_meanwhile_stays_there()
    {
        var catalog = Sql("SELECT 1", "DELETE FROM parent WHERE id = 2");
        Revert(catalog, "SELECT 1");
        Execute("UPDATE note SET child = 1 WHERE id = 2");

        Reapply(catalog);

        Assert.That(Notes(), Is.EqualTo(new[] { "1|1", "2|1", "3|" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "note.child 1 LeftOver" }));
    }

    [Test]
    public void A_parent_of_a_deferred_reference_may_come_with_a_later_migration_of_the_run()
    {
        Execute(
            "CREATE TABLE late (id integer PRIMARY KEY, parent integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        );

        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "Child",
                    "INSERT INTO late (id, parent) VALUES (1, 9); DELETE FROM toy"
                ),
                MigrationsOf.Sql(2, "Other", "CREATE TABLE x (id integer); DROP TABLE x"),
                MigrationsOf.Sql(
                    3,
                    "Parent",
                    "INSERT INTO parent (id, name) VALUES (9, 'late'); DELETE FROM note"
                )
            ),
            new UpRequest()
        );

        Assert.That(Dangling(), Is.Empty);
    }

    [Test]
    public void Rows_that_a_trigger_takes_from_unnamed_tables_are_still_missed()
    {
        Execute("CREATE TABLE log (id integer); INSERT INTO log (id) VALUES (1)");
        Execute(TDatabase.Trigger("t", "AFTER DELETE ON child", "DELETE FROM log;"));

        var failure = Fail<MigrationFailedException>(
            Sql("DELETE FROM parent WHERE id = 2"),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("log (1 row)"));
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
                CREATE TABLE p (id integer PRIMARY KEY);
                CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p ON DELETE CASCADE);
                INSERT INTO p (id) VALUES (1), (2); INSERT INTO c (id, p) VALUES (1, 1), (2, 2);
                DELETE FROM p WHERE id = 1;
                """
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT * FROM c"), Is.EqualTo(new[] { "2|2" }));
    }

    private string[] Children() => Query("SELECT * FROM child ORDER BY id");

    private string[] Notes() => Query("SELECT * FROM note ORDER BY id");

    private string[] Everything() =>
        [
            .. Query("SELECT * FROM parent ORDER BY id"),
            .. Children(),
            .. Query("SELECT * FROM toy ORDER BY id"),
            .. Notes(),
        ];
}
