using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

public sealed class CreatedKeysTests : WorkplaceTests
{
    private const string OwnTables =
        "(SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'Version%')";

    /// <summary>Every index, those of primary keys too, with its columns in their order.</summary>
    private const string AllIndexes = $"""
        WITH indexes AS (
            SELECT t.name AS tbl, l.name AS name, l."unique" AS uniq, group_concat(i.name) AS columns
            FROM {OwnTables} t, pragma_index_list(t.name) l, pragma_index_info(l.name) i GROUP BY t.name, l.name
        )
        """;

    private const string OneOfEach = """
        PRAGMA foreign_keys = ON;
        INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'ours');
        INSERT INTO agents (id, name) VALUES ('a', 'one');
        INSERT INTO github_installations (id, installation_id, integration_id) VALUES (1, 9000000001, 'i');
        INSERT INTO github_repos (id, repo_id, full_name, installation_id) VALUES (2, 9000000002, 'o/r', 1);
        INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a', 2);
        """;

    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [Test]
    public void The_four_foreign_keys_cascade()
    {
        var keys = Place.Sqlite(
            "x.db",
            $"""SELECT t.name, k."from", k."table", k."to", on_delete FROM {OwnTables} t, pragma_foreign_key_list(t.name) k ORDER BY 1, 2;"""
        );

        Assert.That(
            keys,
            Is.EqualTo(
                """
                agent_repo_capabilities|agent_id|agents|id|CASCADE
                agent_repo_capabilities|github_repo_id|github_repos|id|CASCADE
                github_installations|integration_id|integrations|id|CASCADE
                github_repos|installation_id|github_installations|id|CASCADE
                """
            )
        );
    }

    [Test]
    public void Indexes_are_as_designed()
    {
        var indexes = Place.Sqlite(
            "x.db",
            $"{AllIndexes} SELECT name, uniq, columns FROM indexes WHERE name NOT LIKE 'sqlite_autoindex%' ORDER BY name;"
        );

        Assert.That(
            indexes,
            Is.EqualTo(
                """
                idx_agent_repo_capabilities_repo|0|github_repo_id
                idx_agents_name|1|name
                idx_github_installations_installation_id|1|installation_id
                idx_github_installations_integration_id|0|integration_id
                idx_github_repos_installation_id|0|installation_id
                idx_github_repos_repo_id|1|repo_id
                """
            )
        );
    }

    [Test]
    public void No_index_doubles_another()
    {
        var doubles = Place.Sqlite(
            "x.db",
            $"""
            {AllIndexes}
            SELECT a.name, b.name FROM indexes a JOIN indexes b
            ON a.tbl = b.tbl AND a.name <> b.name AND b.columns || ',' LIKE a.columns || ',%';
            """
        );

        Assert.That(doubles, Is.Empty);
    }

    [Test]
    public void Every_foreign_key_has_an_index_that_starts_with_its_column()
    {
        var without = Place.Sqlite(
            "x.db",
            $"""
            {AllIndexes}
            SELECT t.name, k."from" FROM {OwnTables} t, pragma_foreign_key_list(t.name) k
            WHERE NOT EXISTS (SELECT 1 FROM indexes i WHERE i.tbl = t.name AND i.columns || ',' LIKE k."from" || ',%');
            """
        );

        Assert.That(without, Is.Empty);
    }

    [TestCase(
        "INSERT INTO github_installations (installation_id, integration_id) VALUES (5, 'none');"
    )]
    [TestCase(
        "INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (5, 'o/r', 77);"
    )]
    [TestCase("INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('none', 2);")]
    [TestCase("INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a', 77);")]
    public void A_row_without_its_parent_is_refused(string insert)
    {
        var result = Place.SqliteProgram("x.db", OneOfEach + insert).Run();

        Assert.That(result.ExitCode, Is.Not.Zero, $"{result}");
        Assert.That(result.Error, Does.Contain("FOREIGN KEY constraint failed"));
    }

    [TestCase("INSERT INTO agents (id, name) VALUES ('b', 'one');")]
    [TestCase(
        "INSERT INTO github_installations (installation_id, integration_id) VALUES (9000000001, 'i');"
    )]
    [TestCase(
        "INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (9000000002, 'o/s', 1);"
    )]
    [TestCase("INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a', 2);")]
    public void A_second_row_with_the_same_key_is_refused(string insert)
    {
        var result = Place.SqliteProgram("x.db", OneOfEach + insert).Run();

        Assert.That(result.ExitCode, Is.Not.Zero, $"{result}");
        Assert.That(result.Error, Does.Contain("UNIQUE constraint failed"));
    }

    [TestCase("DELETE FROM integrations;", ExpectedResult = "0|0|0")]
    [TestCase("DELETE FROM github_repos;", ExpectedResult = "1|0|0")]
    [TestCase("DELETE FROM agents;", ExpectedResult = "1|1|0")]
    public string Deleting_a_parent_deletes_what_belongs_to_it(string delete) =>
        Place.Sqlite(
            "x.db",
            $"""
            {OneOfEach} {delete}
            SELECT (SELECT count(*) FROM github_installations), (SELECT count(*) FROM github_repos),
                (SELECT count(*) FROM agent_repo_capabilities);
            """
        );
}
