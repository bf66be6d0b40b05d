using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using static Nitejar.Migrations.Engine.Tests.Conformance.Rows.HandWrittenRebuild;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>Rebuilds that are written by hand in the ways of SQLite lose nothing in silence.</summary>
public sealed class SqliteRebuildGuardTests : ConformanceTests<SqliteTestDatabase>
{
    private const string Index = "CREATE INDEX idx_name ON agents (name);";

    private const string Trigger =
        "CREATE TRIGGER on_agents AFTER DELETE ON agents BEGIN INSERT INTO log VALUES (old.name); END;";

    [SetUp]
    public void AddAgents() => Execute(Agents);

    [TestCase(Index, "index idx_name")]
    [TestCase(Trigger, "trigger on_agents")]
    public void A_rebuild_with_the_checks_of_ALTER_off_may_not_forget_them_either(
        string made,
        string lost
    )
    {
        Execute(made);

        var failure = Fail<MigrationFailedException>(Sql(LegacyRebuild.Agents), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo($"The {lost} would be lost in the rebuild of agents.")
        );
        Succeed(Sql(LegacyRebuild.Agents + made), new UpRequest());
    }

    [Test]
    public void A_rebuild_with_the_checks_of_ALTER_off_loses_no_rows()
    {
        var failure = Fail<MigrationFailedException>(
            Sql(LegacyRebuild.Agents.Replace("FROM agents", "FROM agents WHERE id = 2")),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.EndWith("in the rebuild of agents: 3 rows."));
    }

    [TestCase(Index, "DROP INDEX IF EXISTS \"IDX_NAME\";")]
    [TestCase(Trigger, "DROP TRIGGER on_agents;")]
    public void What_a_statement_drops_by_its_name_may_go(string made, string drop)
    {
        Execute(made);

        Succeed(Sql(drop + LegacyRebuild.Agents), new UpRequest());
    }

    [Test]
    public void A_reference_that_dangled_before_may_get_another_row_number()
    {
        Execute(
            "PRAGMA foreign_keys=OFF; CREATE TABLE child (agent_id REFERENCES agents (id)); INSERT INTO child VALUES (1), (99); DELETE FROM child WHERE agent_id = 1"
        );

        Succeed(Sql(ChildRebuild), new UpRequest());
        Assert.That(Query("SELECT rowid FROM child"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_rebuild_may_not_break_one_more_reference()
    {
        Execute(
            "PRAGMA foreign_keys=OFF; CREATE TABLE child (agent_id REFERENCES agents (id)); INSERT INTO child VALUES (99), (1)"
        );

        var failure = Fail<MigrationFailedException>(
            Sql(ChildRebuild.Replace("agent_id FROM", "agent_id * 99 FROM")),
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
        var rebuild = Sql(
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

        Succeed(Sql(LegacyRebuild.Agents), new UpRequest());
    }

    private const string ChildRebuild = """
        CREATE TABLE new_child (agent_id INTEGER REFERENCES agents (id));
        INSERT INTO new_child SELECT agent_id FROM child;
        DROP TABLE child;
        ALTER TABLE new_child RENAME TO child;
        """;
}
