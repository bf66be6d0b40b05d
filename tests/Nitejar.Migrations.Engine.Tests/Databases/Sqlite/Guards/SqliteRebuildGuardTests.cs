using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using static Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards.HandWrittenRebuild;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>Rebuilds that are written by hand lose nothing in silence.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
public sealed class SqliteRebuildGuardTests<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Index = "CREATE INDEX idx_name ON agents (name);";

    private const string Trigger =
        "CREATE TRIGGER on_agents AFTER DELETE ON agents BEGIN INSERT INTO log VALUES (old.name); END;";

    [SetUp]
    public void AddAgents() => Execute(Agents);

    [Test]
    public void Fewer_rows_than_before_are_refused_on_the_way_up()
    {
        var failure = Fail<MigrationFailedException>(
            Up(Rebuild.Replace("FROM agents", "FROM agents WHERE id = 2")),
            new UpRequest()
        );

        Assert.That(
            failure.Message,
            Is.EqualTo("Rows would be lost in the rebuild of agents: 3 rows.")
        );
        Assert.That(failure.NextStep, Does.Contain("before the rebuild"));
    }

    [Test]
    public void A_table_that_is_made_again_and_filled_is_a_rebuild_too() =>
        Fail<MigrationFailedException>(
            Up(
                """
                CREATE TABLE kept AS SELECT * FROM agents WHERE id < 4;
                DROP TABLE agents;
                CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT);
                INSERT INTO agents SELECT * FROM kept;
                DROP TABLE kept;
                """
            ),
            new UpRequest()
        );

    [Test]
    public void A_table_that_is_renamed_away_first_is_rebuilt_as_well() =>
        Fail<MigrationFailedException>(
            Up(RenamedAway.Replace("FROM old_agents", "FROM old_agents WHERE id = 2")),
            new UpRequest()
        );

    [Test]
    public void An_index_that_goes_with_a_table_renamed_away_is_missed()
    {
        Execute(Index);

        var failure = Fail<MigrationFailedException>(Up(RenamedAway), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo("The index idx_name would be lost in the rebuild of agents.")
        );
    }

    [Test]
    public void A_loss_is_seen_whatever_steps_follow() =>
        Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "One",
                    Rebuild.Replace("FROM agents", "FROM agents WHERE id = 2")
                ),
                MigrationsOf.Sql(2, "Two", "INSERT INTO agents (name) VALUES ('x'), ('y'), ('z')")
            ),
            new UpRequest()
        );

    [Test]
    public void Rows_may_be_deleted_by_a_statement_of_its_own_before() =>
        Succeed(Up("DELETE FROM agents WHERE id > 1;" + Rebuild), new UpRequest());

    [TestCase("SELECT 1; CREATE TABLE agents (id INTEGER)")]
    [TestCase("CREATE TABLE agents (id INTEGER)")]
    public void A_table_of_a_later_step_is_another_table(string create) =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "DROP TABLE agents"),
                MigrationsOf.Sql(2, "Two", create)
            ),
            new UpRequest()
        );

    [Test]
    public void A_redo_may_make_its_table_again()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE one (id INTEGER)", "DROP TABLE one")
        );
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO one VALUES (1)");

        Succeed(catalog, new RedoRequest(Steps: 1));
        Assert.That(Query("SELECT count(*) FROM one"), Is.EqualTo(new[] { "1" }));

        Succeed(catalog, new RedoRequest(Steps: 1), Allowed with { KeepRows = false });
        Assert.That(Query("SELECT count(*) FROM one"), Is.EqualTo(new[] { "0" }));
    }

    [TestCase(Index, "index idx_name")]
    [TestCase(Trigger, "trigger on_agents")]
    public void A_forgotten_index_or_trigger_is_refused(string made, string lost)
    {
        Execute(made);

        var failure = Fail<MigrationFailedException>(Up(Rebuild), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo($"The {lost} would be lost in the rebuild of agents.")
        );
        Succeed(Up(Rebuild + made), new UpRequest());
    }

    [Test]
    public void An_index_of_the_same_migration_is_not_lost_either() =>
        Fail<MigrationFailedException>(Up(Index + Rebuild), new UpRequest());

    [TestCase(Index, "DROP INDEX idx_name;")]
    [TestCase(Index, "DROP INDEX IF EXISTS \"IDX_NAME\";")]
    [TestCase(Trigger, "DROP TRIGGER on_agents;")]
    public void What_a_statement_drops_by_its_name_may_go(string made, string drop)
    {
        Execute(made);

        Succeed(Up(drop + Rebuild), new UpRequest());
    }

    [Test]
    public void A_statement_after_the_rebuild_may_name_it_as_well()
    {
        Execute(Index);

        Succeed(Up(Rebuild + "DROP INDEX IF EXISTS idx_name"), new UpRequest());
    }

    [Test]
    public void A_Down_may_not_lose_an_index_either()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", "SELECT 1", Rebuild));
        Succeed(catalog, new UpRequest());
        Execute(Index);

        Fail<MigrationFailedException>(catalog, new DownRequest());
    }

    [Test]
    public void A_constraint_that_had_an_index_may_go()
    {
        Execute("DROP TABLE agents; CREATE TABLE agents (id INTEGER, name TEXT UNIQUE)");

        Succeed(Up(Rebuild), new UpRequest());
    }

    [Test]
    public void A_reference_that_dangled_before_may_get_another_row_number()
    {
        Execute(
            "PRAGMA foreign_keys=OFF; CREATE TABLE child (agent_id REFERENCES agents (id)); INSERT INTO child VALUES (1), (99); DELETE FROM child WHERE agent_id = 1"
        );

        Succeed(Up(ChildRebuild), new UpRequest());
        Assert.That(Query("SELECT rowid FROM child"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_rebuild_may_not_break_one_more_reference()
    {
        Execute(
            "PRAGMA foreign_keys=OFF; CREATE TABLE child (agent_id REFERENCES agents (id)); INSERT INTO child VALUES (99), (1)"
        );

        var failure = Fail<MigrationFailedException>(
            Up(ChildRebuild.Replace("agent_id FROM", "agent_id * 99 FROM")),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("child row 2 would refer to a row of agents"));
    }

    [Test]
    public void A_key_that_children_refer_to_may_not_go()
    {
        Execute(
            "CREATE TABLE parent (id INTEGER, name TEXT UNIQUE); INSERT INTO parent VALUES (1, 'a')"
        );
        Execute(
            "CREATE TABLE child (name REFERENCES parent (name)); INSERT INTO child VALUES ('a')"
        );
        var rebuild = Up(
            "CREATE TABLE new_parent (id INTEGER, name TEXT); INSERT INTO new_parent SELECT * FROM parent; DROP TABLE parent; ALTER TABLE new_parent RENAME TO parent"
        );

        var failure = Fail<MigrationFailedException>(rebuild, new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo(
                "A foreign key of child would be broken: foreign key mismatch - \"child\" referencing \"parent\"."
            )
        );
    }

    [Test]
    public void A_key_that_was_missing_before_is_not_held_against_the_migration()
    {
        Execute(
            "PRAGMA foreign_keys=OFF; CREATE TABLE child (id REFERENCES agents (name)); INSERT INTO child VALUES (1)"
        );

        Succeed(Up(Rebuild), new UpRequest());
    }

    private const string ChildRebuild = """
        CREATE TABLE new_child (agent_id INTEGER REFERENCES agents (id));
        INSERT INTO new_child SELECT agent_id FROM child;
        DROP TABLE child;
        ALTER TABLE new_child RENAME TO child;
        """;
}
