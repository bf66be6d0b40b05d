using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary><c>status</c> mentions what was changed past the migrations, by what runs have written into the journal.</summary>
public sealed class DriftMentionTests
{
    private const string Empty = "PRAGMA user_version = 1";

    private static readonly UpRequest WithPlugins = new() { Tags = ["plugin-instances"] };

    /// <summary>By hand, what is mentioned then, and what undoes it.</summary>
    private static readonly string[][] Changes =
    [
        [
            "ALTER TABLE agents ADD COLUMN colour TEXT",
            "table agents",
            "ALTER TABLE agents DROP COLUMN colour",
        ],
        [
            "DROP INDEX idx_agents_name",
            "index idx_agents_name",
            "CREATE UNIQUE INDEX \"idx_agents_name\" ON \"agents\" (\"name\" ASC)",
        ],
        ["CREATE INDEX mine ON agents (status)", "index mine", "DROP INDEX mine"],
        [
            "CREATE TRIGGER mine AFTER INSERT ON agents BEGIN SELECT 1; END",
            "trigger mine",
            "DROP TRIGGER mine",
        ],
        [
            "CREATE TABLE kept AS SELECT 1; ALTER TABLE agents RENAME TO staff",
            "index idx_agents_name,table agent_repo_capabilities,table agents",
            "ALTER TABLE staff RENAME TO agents",
        ],
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_change_by_hand_is_mentioned_until_it_is_undone(
        string change,
        string mentioned,
        string undo
    )
    {
        using var database = new KyselyDatabase(Empty);
        database.Succeed(new UpRequest());
        Assert.That(database.DriftMentioned(), Is.Empty);

        database.Execute(change);
        Assert.That(string.Join(',', database.DriftMentioned()), Is.EqualTo(mentioned));

        database.Execute(undo);
        Assert.That(database.DriftMentioned(), Is.Empty);
    }

    [Test]
    public void A_run_that_changes_other_objects_does_not_hide_it()
    {
        using var database = new KyselyDatabase(Empty);
        database.Succeed(new UpRequest());
        database.Execute("ALTER TABLE agents ADD COLUMN colour TEXT");
        database.Execute("CREATE INDEX mine ON github_installations (account_login)");

        database.Succeed(WithPlugins);
        Assert.That(database.DriftMentioned(), Is.EqualTo(["index mine", "table agents"]));

        database.Succeed(new DownRequest());
        Assert.That(database.DriftMentioned(), Is.EqualTo(["index mine", "table agents"]));
    }

    [Test]
    public void A_table_that_was_changed_by_hand_and_then_by_a_run_stays_mentioned()
    {
        using var database = new KyselyDatabase(Empty);
        database.Succeed(new UpRequest());
        database.Execute("ALTER TABLE github_installations ADD COLUMN colour TEXT");

        database.Succeed(WithPlugins);

        Assert.That(database.DriftMentioned(), Is.EqualTo(["table github_installations"]));
    }

    [Test]
    public void Runs_leave_nothing_to_be_mentioned()
    {
        using var database = new KyselyDatabase(Empty);
        foreach (
            var request in (MigrationRequest[])
                [
                    new UpRequest(Steps: 1),
                    new UpRequest(),
                    WithPlugins,
                    new RedoRequest(2),
                    new DownRequest(),
                    new DownRequest(All: true),
                    WithPlugins,
                ]
        )
        {
            database.Succeed(request);
            Assert.That(database.DriftMentioned(), Is.Empty, $"{request}");
        }
    }

    [Test]
    public void Objects_of_other_owners_are_left_out()
    {
        using var database = new KyselyDatabase(KyselySql.CutoverState("completed"));
        database.Succeed(new UpRequest());

        database.Execute(
            """
            CREATE TABLE other (agent_id TEXT REFERENCES agents (id));
            CREATE INDEX other_agent ON other (agent_id);
            CREATE VIEW of_agents AS SELECT name FROM agents;
            DROP TABLE plugin_instance_cutover_state;
            ANALYZE;
            """
        );

        Assert.That(database.DriftMentioned(), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void After_an_adoption_what_was_adopted_is_watched(bool appliesTheRest)
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);
        database.Succeed(appliesTheRest ? WithPlugins with { Adopts = true } : new AdoptRequest());
        Assert.That(database.DriftMentioned(), Is.Empty);

        database.Execute("DROP INDEX idx_agents_handle");
        database.Execute("DROP TABLE kysely_migration_lock");

        Assert.That(database.DriftMentioned(), Is.EqualTo(["index idx_agents_handle"]));
    }

    [Test]
    public void What_an_older_release_has_done_since_is_not_taken_for_drift()
    {
        using var database = new KyselyDatabase(Empty);
        database.Succeed(WithPlugins);

        database.Succeed(new DownRequest(All: true));
        database.Execute(
            "UPDATE VersionJournal SET Definitions = NULL WHERE Id = (SELECT max(Id) FROM VersionJournal)"
        );
        Assert.That(database.DriftMentioned(), Is.Empty);

        // What is made from here on is known again, and nothing else.
        database.Succeed(new UpRequest(Steps: 1));
        Assert.That(database.DriftMentioned(), Is.Empty);
        database.Execute("ALTER TABLE agents ADD COLUMN colour TEXT");
        Assert.That(database.DriftMentioned(), Is.EqualTo(["table agents"]));
    }

    [Test]
    public void A_database_without_such_a_record_has_nothing_to_be_mentioned()
    {
        using var database = new KyselyDatabase(Empty);
        database.Succeed(new UpRequest());
        database.Execute("ALTER TABLE VersionJournal DROP COLUMN Definitions");
        database.Execute("DROP INDEX idx_agents_name");

        Assert.That(database.DriftMentioned(), Is.Empty);
    }
}
