using FluentMigrator;
using Nitejar.Migrations.Binary.Tests.Tools;
using Nitejar.Migrations.Rebuilding;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>What a newer binary has rebuilt, this one rebuilds back by the SQL that lies in the database.</summary>
public sealed class RebuiltTableTests : WorkplaceTests
{
    [Test]
    public void A_rebuild_is_reverted_by_a_binary_that_does_not_know_it()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            CREATE INDEX by_hand ON agents (status);
            CREATE VIEW names AS SELECT name FROM agents;
            INSERT INTO agents (id, name) VALUES ('a', 'Ann'), ('b', 'Bob');
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'GitHub');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'i');
            INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (5, 'o/r', 1);
            INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a', 1), ('b', 1);
            """
        );
        var indexes = Indexes();

        NewerBinary.Apply(new StrictAgents(), Place["x.db"]);
        Assert.That(Table(), Does.EndWith("STRICT"));
        Place.Run("down", "-c", "x.db").Exits(0);

        Assert.That(Table(), Does.Not.Contain("STRICT"));
        Assert.That(Indexes(), Is.EqualTo(indexes).And.Contains("by_hand"));
        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT count(*) FROM agent_repo_capabilities JOIN agents ON id = agent_id JOIN names USING (name);"
            ),
            Is.EqualTo("2")
        );
        Assert.That(
            Place.Sqlite("x.db", "PRAGMA integrity_check; PRAGMA foreign_key_check;"),
            Is.EqualTo("ok")
        );
    }

    private string Table() =>
        Place.Sqlite("x.db", "SELECT sql FROM sqlite_master WHERE name = 'agents';");

    private string Indexes() =>
        Place.Sqlite(
            "x.db",
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'agents' ORDER BY name;"
        );

    private sealed class StrictAgents : Migration
    {
        private static readonly TableRebuild Agents = new()
        {
            Table = "agents",
            Definition = """
                id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sprite_id TEXT, config TEXT,
                status TEXT NOT NULL DEFAULT 'idle', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
                """,
            Copy = ["id", "name", "sprite_id", "config", "status", "created_at", "updated_at"],
        };

        public override void Up() => Rebuild(Agents with { Options = "STRICT" });

        public override void Down() => Rebuild(Agents);

        private void Rebuild(TableRebuild rebuild) =>
            IfDatabase(ProcessorIdConstants.SQLite).Execute.RebuildTable(rebuild);
    }
}
