using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using static Nitejar.Migrations.Engine.Tests.Conformance.Rows.HandWrittenRebuild;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>Views and triggers that worked before a run work after it.</summary>
public sealed class SqliteUsableObjectsTests : ConformanceTests<SqliteTestDatabase>
{
    [SetUp]
    public void AddAgents() => Execute(Agents);

    [Test]
    public void A_view_that_follows_the_old_table_is_refused()
    {
        Execute("CREATE VIEW named AS SELECT name FROM agents");

        var failure = Fail<MigrationFailedException>(Sql(RenamedAway), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo("The view named would work no longer: no such table: main.old_agents.")
        );
    }

    [TestCase("INSERT", "new.text")]
    [TestCase("DELETE", "old.text")]
    [TestCase("UPDATE OF text", "old.text")]
    public void A_trigger_of_another_table_that_follows_the_old_table_is_refused(
        string on,
        string value
    )
    {
        Execute(
            $"CREATE TRIGGER on_log AFTER {on} ON log BEGIN UPDATE agents SET name = {value}; END"
        );

        var failure = Fail<MigrationFailedException>(Sql(RenamedAway), new UpRequest());

        Assert.That(failure.Message, Does.StartWith("A trigger of log would work no longer"));
        Assert.That(failure.Message, Does.Contain("old_agents"));
    }

    [Test]
    public void A_view_of_a_column_that_goes_in_a_rebuild_is_refused()
    {
        Execute("CREATE VIEW named AS SELECT name FROM agents");

        var failure = Fail<MigrationFailedException>(
            Sql(LegacyRebuild.Agents.Replace("name text NOT NULL", "title text")),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("no such column: name"));
    }

    [Test]
    public void What_used_a_table_that_is_dropped_for_good_is_not_missed()
    {
        Execute("CREATE VIEW named AS SELECT name FROM agents");
        Execute("CREATE VIEW named_again AS SELECT * FROM named");
        Execute("CREATE TRIGGER on_log AFTER INSERT ON log BEGIN DELETE FROM agents; END");

        Succeed(Sql("DROP TABLE agents"), new UpRequest());
    }

    [Test]
    public void What_did_not_work_before_need_not_work()
    {
        Execute("CREATE VIEW broken AS SELECT * FROM no_such_table");
        Execute("CREATE TRIGGER on_log AFTER INSERT ON log BEGIN DELETE FROM no_such_table; END");

        Succeed(Sql(LegacyRebuild.Agents), new UpRequest());
    }

    [TestCase("DROP VIEW named; ALTER TABLE agents DROP COLUMN name")]
    [TestCase(
        "DROP VIEW named; CREATE VIEW named AS SELECT id FROM agents;" + LegacyRebuild.Agents
    )]
    [TestCase("ALTER TABLE agents RENAME TO people")]
    [TestCase("ALTER TABLE agents RENAME COLUMN name TO title")]
    [TestCase("ALTER TABLE agents ADD COLUMN title TEXT; UPDATE agents SET title = name")]
    [TestCase("DROP TABLE agents; CREATE VIEW agents AS SELECT 1 AS id, 'x' AS name")]
    [TestCase("DROP TABLE log; DROP TRIGGER IF EXISTS on_log")]
    public void Ordinary_changes_are_not_held_up(string sql)
    {
        Execute("CREATE VIEW named AS SELECT name FROM agents");
        Execute("CREATE TRIGGER on_log AFTER INSERT ON log BEGIN SELECT count(*) FROM agents; END");

        Succeed(Sql(sql), new UpRequest());
    }

    [Test]
    public void Triggers_that_spell_their_table_differently_are_of_one_table()
    {
        Execute("CREATE TRIGGER one AFTER INSERT ON log BEGIN SELECT 1; END");
        Execute("CREATE TRIGGER two AFTER INSERT ON LOG BEGIN SELECT count(*) FROM agents; END");

        Succeed(Sql("UPDATE agents SET name = 'x'"), new UpRequest());
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "UPDATE agents SET name = 'x'"),
                MigrationsOf.Sql(2, "Two", RenamedAway)
            ),
            new UpRequest()
        );
        Assert.That(failure.Message, Does.StartWith("A trigger of log would work no longer"));
    }

    [Test]
    public void A_new_trigger_may_wait_for_its_table()
    {
        Execute("CREATE TRIGGER one AFTER INSERT ON log BEGIN SELECT 1; END");

        Succeed(
            Sql(
                "CREATE TRIGGER two AFTER INSERT ON log BEGIN DELETE FROM later; END;"
                    + LegacyRebuild.Agents
            ),
            new UpRequest()
        );
    }
}
