using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

/// <summary>What <c>script --provider postgres</c> prints, executed by a real server.</summary>
public sealed class PostgresScriptTests : PostgresTests
{
    [Test]
    public void Keys_are_as_designed()
    {
        var keys = Query(
            """
            SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace
            ORDER BY conrelid::regclass::text, contype DESC, 2;
            """
        );

        Assert.That(
            keys,
            Is.EqualTo(
                """
                agent_repo_capabilities|PRIMARY KEY (agent_id, github_repo_id)
                agent_repo_capabilities|FOREIGN KEY (agent_id) REFERENCES agents(id) ON DELETE CASCADE
                agent_repo_capabilities|FOREIGN KEY (github_repo_id) REFERENCES github_repos(id) ON DELETE CASCADE
                agents|PRIMARY KEY (id)
                github_installations|PRIMARY KEY (id)
                github_installations|FOREIGN KEY (integration_id) REFERENCES integrations(id) ON DELETE CASCADE
                github_repos|PRIMARY KEY (id)
                github_repos|FOREIGN KEY (installation_id) REFERENCES github_installations(id) ON DELETE CASCADE
                integrations|PRIMARY KEY (id)
                """
            )
        );
    }

    [Test]
    public void Indexes_are_as_designed()
    {
        var indexes = Query(
            """
            SELECT replace(indexdef, ' USING btree', '') FROM pg_indexes
            WHERE schemaname = 'public' AND indexname LIKE 'idx%' ORDER BY indexname;
            """
        );

        Assert.That(
            indexes,
            Is.EqualTo(
                """
                CREATE INDEX idx_agent_repo_capabilities_repo ON public.agent_repo_capabilities (github_repo_id)
                CREATE UNIQUE INDEX idx_agents_name ON public.agents (name)
                CREATE UNIQUE INDEX idx_github_installations_installation_id ON public.github_installations (installation_id)
                CREATE INDEX idx_github_installations_integration_id ON public.github_installations (integration_id)
                CREATE INDEX idx_github_repos_installation_id ON public.github_repos (installation_id)
                CREATE UNIQUE INDEX idx_github_repos_repo_id ON public.github_repos (repo_id)
                """
            )
        );
    }

    [Test]
    public void Deleting_an_integration_deletes_what_belongs_to_it()
    {
        var left = Query(
            """
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'ours');
            INSERT INTO agents (id, name) VALUES ('a', 'one');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (900000001, 'i');
            INSERT INTO github_repos (repo_id, full_name, installation_id) SELECT 900000002, 'o/r', id FROM github_installations;
            INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) SELECT 'a', id FROM github_repos;
            DELETE FROM integrations;
            SELECT (SELECT count(*) FROM github_installations), (SELECT count(*) FROM github_repos),
                (SELECT count(*) FROM agent_repo_capabilities), (SELECT count(*) FROM agents);
            """
        );

        Assert.That(left, Is.EqualTo("0|0|0|1"));
    }

    [Test]
    public void Script_down_takes_the_tables_away()
    {
        Query(Script("down"));

        Assert.That(
            Query("SELECT tablename FROM pg_tables WHERE schemaname = 'public';"),
            Is.EqualTo("VersionInfo")
        );
        Assert.That(Query("""SELECT count(*) FROM "VersionInfo";"""), Is.EqualTo("0"));
    }

    [Test]
    public void Script_down_and_up_again_makes_the_same()
    {
        Query(Script("down"));
        Query(Script("up"));

        Assert.That(
            Query("""SELECT "Version", "Description" FROM "VersionInfo" ORDER BY 1;"""),
            Is.EqualTo($"{Core}|CoreTables\n{Github}|GithubIntegration")
        );
    }
}
