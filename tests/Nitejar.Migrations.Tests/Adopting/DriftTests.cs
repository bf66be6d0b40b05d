using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Nitejar.Migrations.Engine.Trust.Drifting;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>What was changed past the migrations is named, and nothing else.</summary>
public sealed class DriftTests
{
    private static readonly UpRequest WithPlugins = new() { Tags = ["plugin-instances"] };

    /// <summary>By hand, and what is said of it.</summary>
    private static readonly object[][] Changes =
    [
        [
            "ALTER TABLE agents ADD COLUMN colour TEXT DEFAULT 'red'",
            DifferenceKind.Column,
            "agents.colour",
        ],
        [
            "ALTER TABLE github_repos DROP COLUMN html_url",
            DifferenceKind.Column,
            "github_repos.html_url",
        ],
        ["DROP INDEX idx_agents_name", DifferenceKind.Index, "agents.idx_agents_name"],
        ["CREATE INDEX mine ON agents (status)", DifferenceKind.Index, "agents.mine"],
        [
            Rewritten("DEFAULT 'idle'", "DEFAULT 'busy'"),
            DifferenceKind.ColumnDefault,
            "agents.status",
        ],
        [
            Rewritten("\"name\" TEXT NOT NULL", "\"name\" TEXT"),
            DifferenceKind.ColumnNullability,
            "agents.name",
        ],
        [
            "CREATE TRIGGER mine AFTER INSERT ON agents BEGIN SELECT 1; END",
            DifferenceKind.Trigger,
            "agents.mine",
        ],
        ["DROP TABLE agent_repo_capabilities", DifferenceKind.Table, "agent_repo_capabilities"],
        ["CREATE TABLE integrations (id TEXT)", DifferenceKind.Table, "integrations"],
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_change_by_hand_is_named(string change, DifferenceKind kind, string path)
    {
        using var database = new KyselyDatabase("PRAGMA user_version = 1");
        database.Succeed(WithPlugins);
        Assert.That(database.Drift().Differences, Is.Empty);

        database.Execute(change);
        var before = database.Bytes;
        var report = database.Drift();

        Assert.That(
            report.Differences.Select(difference => (difference.Kind, $"{difference.Path}")),
            Is.EqualTo([(kind, path)])
        );
        Assert.That(
            report.ToFailure(),
            Is.InstanceOf<CheckFailedException>()
                .With.Property(nameof(MigrateException.Code))
                .EqualTo(ErrorCode.Drift)
        );
        Assert.That(database.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void Other_owners_are_left_out()
    {
        using var database = new KyselyDatabase(KyselySql.CutoverState("completed"));
        database.Succeed(new UpRequest());
        database.Execute(
            """
            CREATE TABLE other (agent_id TEXT REFERENCES agents (id));
            CREATE INDEX other_agent ON other (agent_id);
            CREATE VIEW of_agents AS SELECT name FROM agents;
            """
        );

        Assert.That(database.Drift().Differences, Is.Empty);
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public void After_an_adoption_there_are_its_notes_and_nothing_else(bool isReleased, int notes)
    {
        using var database = new KyselyDatabase(isReleased ? KyselySql.Released : KyselySql.Legacy);
        var adopted = database.Succeed(new AdoptRequest());

        var report = database.Drift();

        Assert.That(report.Differences, Is.Empty);
        Assert.That(report.Notes, Is.EqualTo(adopted.AdoptionPoints).And.Count.EqualTo(notes));
        Assert.That(report.Notes.Select(point => point.Level), Is.All.EqualTo(PointLevel.Note));
    }

    [Test]
    public void After_an_adoption_a_change_is_named_that_would_have_been_adopted_too()
    {
        using var database = new KyselyDatabase(KyselySql.Released);
        database.Succeed(new AdoptRequest());

        database.Execute("ALTER TABLE agents ADD COLUMN colour TEXT");
        database.Execute("DROP INDEX idx_agents_handle");

        Assert.That(
            database.Drift().Differences.Select(difference => $"{difference.Path}"),
            Is.EqualTo(["agents.colour", "agents.idx_agents_handle"])
        );
    }

    [Test]
    public void What_is_applied_on_top_of_an_adoption_is_no_change()
    {
        using var database = new KyselyDatabase(
            KyselySql.Legacy
                + "CREATE TRIGGER t AFTER INSERT ON integrations BEGIN INSERT INTO kysely_migration VALUES (new.id, ''); END;"
        );
        database.Succeed(WithPlugins with { Adopts = true });

        Assert.That(database.Drift().Differences, Is.Empty);
    }

    /// <summary>The Down makes an index that the other tool had not made, and the migrations make.</summary>
    [Test]
    public void What_a_Down_makes_on_top_of_an_adoption_is_no_change()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);
        database.Succeed(WithPlugins with { Adopts = true });

        database.Succeed(new DownRequest());
        Assert.That(database.Drift().Differences, Is.Empty);
        Assert.That(database.DriftMentioned(), Is.Empty);

        database.Succeed(WithPlugins);
        Assert.That(database.Drift().Differences, Is.Empty);
        Assert.That(database.DriftMentioned(), Is.Empty);
    }

    [Test]
    public void An_adopted_object_may_become_as_the_migrations_make_it_and_nothing_else()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);
        database.Succeed(new AdoptRequest());
        const string index = "idx_github_installations_integration_id";

        database.Execute($"CREATE INDEX {index} ON github_installations (integration_id)");
        Assert.That(database.Drift().Differences, Is.Empty);

        database.Execute(
            $"DROP INDEX {index}; CREATE INDEX {index} ON github_installations (account_login)"
        );
        Assert.That(
            database.Drift().Differences.Select(difference => $"{difference.Path}"),
            Is.EqualTo([$"github_installations.{index}"])
        );
    }

    [Test]
    public void A_migration_whose_SQL_is_not_known_ends_it()
    {
        using var database = new KyselyDatabase("PRAGMA user_version = 1");
        database.Succeed(new UpRequest());
        database.Execute("INSERT INTO VersionInfo (Version) VALUES (20990101000000)");

        Assert.That(
            () => database.Drift(),
            Throws
                .InstanceOf<RefusedException>()
                .With.Property(nameof(MigrateException.Code))
                .EqualTo(ErrorCode.UnknownMigration)
        );
    }

    [Test]
    public void Of_a_migration_of_another_binary_the_journal_tells_what_it_made()
    {
        using var database = new KyselyDatabase("PRAGMA user_version = 1");
        database.Succeed(new UpRequest());
        database.Execute(
            """
            CREATE TABLE topics (id INTEGER PRIMARY KEY);
            INSERT INTO VersionInfo (Version, Description) VALUES (20990101000000, 'Topics');
            INSERT INTO VersionJournal (Version, Name, UpSql) VALUES (20990101000000, 'Topics', 'CREATE TABLE topics (id INTEGER PRIMARY KEY);');
            """
        );
        Assert.That(database.Drift().Differences, Is.Empty);

        database.Execute("ALTER TABLE topics ADD COLUMN name TEXT");

        Assert.That(
            database.Drift().Differences.Select(difference => $"{difference.Path}"),
            Is.EqualTo(["topics.name"])
        );
    }

    private static string Rewritten(string from, string to) =>
        $"""
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, '{from.Replace(
                "'",
                "''",
                StringComparison.Ordinal
            )}', '{to.Replace("'", "''", StringComparison.Ordinal)}') WHERE name = 'agents';
            """;
}
