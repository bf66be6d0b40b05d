using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

public sealed class CreatedTablesTests : WorkplaceTests
{
    /// <summary>Name, type, not null, default, place in the primary key.</summary>
    private const string Integrations = """
        id|TEXT|1||1
        type|TEXT|1||0
        name|TEXT|1||0
        config|TEXT|0||0
        scope|TEXT|1|'global'|0
        enabled|INTEGER|1|1|0
        created_at|INTEGER|1|unixepoch()|0
        updated_at|INTEGER|1|unixepoch()|0
        """;

    private const string Agents = """
        id|TEXT|1||1
        name|TEXT|1||0
        sprite_id|TEXT|0||0
        config|TEXT|0||0
        status|TEXT|1|'idle'|0
        created_at|INTEGER|1|unixepoch()|0
        updated_at|INTEGER|1|unixepoch()|0
        """;

    private const string Installations = """
        id|INTEGER|1||1
        installation_id|INTEGER|1||0
        account_login|TEXT|0||0
        account_id|INTEGER|0||0
        integration_id|TEXT|1||0
        created_at|INTEGER|1|unixepoch()|0
        updated_at|INTEGER|1|unixepoch()|0
        """;

    private const string Repos = """
        id|INTEGER|1||1
        repo_id|INTEGER|1||0
        full_name|TEXT|1||0
        html_url|TEXT|0||0
        installation_id|INTEGER|1||0
        created_at|INTEGER|1|unixepoch()|0
        updated_at|INTEGER|1|unixepoch()|0
        """;

    private const string Capabilities = """
        agent_id|TEXT|1||1
        github_repo_id|INTEGER|1||2
        capabilities|TEXT|1|'[]'|0
        """;

    [SetUp]
    public void Migrate() => Place.Run("up", "-c", "x.db").Exits(0);

    [Test]
    public void Up_makes_the_five_tables_and_the_two_of_the_history()
    {
        var tables = Place.Sqlite(
            "x.db",
            "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name);"
        );

        Assert.That(
            tables,
            Is.EqualTo(
                "VersionInfo VersionJournal agent_repo_capabilities agents github_installations github_repos integrations"
            )
        );
    }

    [TestCase("integrations", Integrations)]
    [TestCase("agents", Agents)]
    [TestCase("github_installations", Installations)]
    [TestCase("github_repos", Repos)]
    [TestCase("agent_repo_capabilities", Capabilities)]
    public void Columns_are_as_designed(string table, string expected)
    {
        var columns = Place.Sqlite(
            "x.db",
            $"""SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo('{table}');"""
        );

        Assert.That(columns, Is.EqualTo(expected));
    }

    [TestCase("github_installations", ExpectedResult = "1")]
    [TestCase("github_repos", ExpectedResult = "1")]
    [TestCase("integrations", ExpectedResult = "0")]
    public string Surrogate_keys_are_never_given_twice(string table) =>
        Place.Sqlite(
            "x.db",
            $"SELECT count(*) FROM sqlite_master WHERE name = '{table}' AND sql LIKE '%AUTOINCREMENT%';"
        );

    [Test]
    public void Timestamps_are_filled_with_the_seconds_since_1970()
    {
        var difference = Place.Sqlite(
            "x.db",
            """
            INSERT INTO agents (id, name) VALUES ('a', 'one');
            SELECT typeof(created_at), abs(created_at - unixepoch()) < 60, updated_at = created_at, status FROM agents;
            """
        );

        Assert.That(difference, Is.EqualTo("integer|1|1|idle"));
    }

    [Test]
    public void VersionInfo_is_as_stock_FluentMigrator_makes_it()
    {
        var columns = Place.Sqlite(
            "x.db",
            """
            SELECT name, type, "notnull" FROM pragma_table_info('VersionInfo');
            SELECT l.name, l."unique", i.name FROM pragma_index_list('VersionInfo') l, pragma_index_info(l.name) i;
            SELECT Version, Description, datetime(AppliedOn) = AppliedOn FROM VersionInfo ORDER BY rowid;
            """
        );

        Assert.That(
            columns,
            Is.EqualTo(
                """
                Version|INTEGER|1
                AppliedOn|DATETIME|0
                Description|TEXT|0
                UC_Version|1|Version
                20240101000000|CoreTables|1
                20240501120000|GithubIntegration|1
                """
            )
        );
    }
}
