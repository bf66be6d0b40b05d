using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Tests.Adopting;

namespace Nitejar.Migrations.Tests;

/// <summary>The rename of integrations to instances of plugins, forwards and back.</summary>
public sealed class PluginInstancesTests
{
    private static readonly UpRequest WithPlugins = new() { Tags = ["plugin-instances"] };
    private static readonly string[] Kinds =
    [
        "github",
        "telegram",
        "slack",
        "legacy.x",
        "builtin.github",
    ];

    private KyselyDatabase _database = null!;

    [SetUp]
    public void CreateDatabase() => _database = new KyselyDatabase("PRAGMA user_version = 1");

    [TearDown]
    public void DeleteDatabase() => _database.Dispose();

    [Test]
    public void Without_its_tag_it_is_not_applied()
    {
        _database.Succeed(new UpRequest());

        Assert.That(Tables(), Does.Contain("integrations").And.Not.Contain("plugin_instances"));
    }

    [Test]
    public void With_its_tag_a_new_database_has_the_names_of_every_release()
    {
        _database.Succeed(WithPlugins);

        Assert.That(Tables(), Does.Contain("plugin_instances").And.Not.Contain("integrations"));
        Assert.That(
            _database.Query("SELECT name FROM pragma_table_info('plugin_instances')"),
            Is.EqualTo([
                "id",
                "plugin_id",
                "name",
                "config_json",
                "scope",
                "enabled",
                "created_at",
                "updated_at",
            ])
        );
        Assert.That(
            _database.Query(
                "SELECT \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list('github_installations')"
            ),
            Is.EqualTo(["plugin_instances|plugin_instance_id|id|CASCADE"])
        );
        Assert.That(
            _database.Query("SELECT name FROM sqlite_master WHERE name LIKE 'idx%instance%'"),
            Is.EqualTo(["idx_github_installations_plugin_instance_id"])
        );
    }

    [Test]
    public void A_released_database_contains_what_it_makes()
    {
        using var released = new KyselyDatabase(KyselySql.Released);

        Assert.That(released.Succeed(new AdoptRequest()).Steps, Has.Count.EqualTo(3));
    }

    [Test]
    public void Kinds_get_the_names_of_plugins_and_lose_them_again()
    {
        AddRows();
        var before = _database.Dump();

        _database.Succeed(WithPlugins);
        var plugins = _database.Query("SELECT plugin_id FROM plugin_instances ORDER BY id");
        _database.Succeed(new DownRequest());

        Assert.That(
            plugins,
            Is.EqualTo([
                "builtin.github",
                "builtin.telegram",
                "legacy.slack",
                "legacy.legacy.x",
                "legacy.builtin.github",
            ])
        );
        Assert.That(_database.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void What_came_later_stays_as_it_is()
    {
        _database.Succeed(WithPlugins);
        _database.Execute(
            "INSERT INTO plugin_instances (id, plugin_id, name) VALUES ('p', 'acme.mail', 'Mail'), ('q', 'LEGACY.y', 'Y')"
        );

        _database.Succeed(new DownRequest());

        Assert.That(
            _database.Query("SELECT type FROM integrations ORDER BY id"),
            Is.EqualTo(["acme.mail", "LEGACY.y"])
        );
    }

    [Test]
    public void Rows_come_back_after_everything_was_reverted()
    {
        AddRows();
        _database.Succeed(WithPlugins);
        var before = _database.Dump();

        _database.Succeed(new DownRequest(All: true));
        _database.Succeed(WithPlugins);

        Assert.That(_database.Dump(), Is.EqualTo(before));
        Assert.That(_database.Query("SELECT count(*) FROM github_repos"), Is.EqualTo(["1"]));
    }

    [Test]
    public void Rows_come_back_without_it_as_well()
    {
        AddRows();
        var before = _database.Dump();
        _database.Succeed(WithPlugins);

        _database.Succeed(new DownRequest(All: true));
        _database.Succeed(new UpRequest());

        Assert.That(_database.Dump(), Is.EqualTo(before));
    }

    [TestCase("CREATE TABLE agent_integrations (id text)")]
    [TestCase(
        "CREATE TABLE plugin_instance_cutover_state (status text); INSERT INTO plugin_instance_cutover_state VALUES ('started')"
    )]
    [TestCase("CREATE TABLE plugin_instance_cutover_state (other text)")]
    public void It_is_refused_where_Nitejars_own_cutover_has_to_come_first(string sql)
    {
        _database.Succeed(new UpRequest());
        _database.Execute(sql);
        var before = _database.Bytes;

        var failure = _database.Run(WithPlugins).Failure;

        Assert.That(
            failure,
            Is.InstanceOf<RefusedException>()
                .With.Property(nameof(MigrateException.Code))
                .EqualTo(ErrorCode.PreconditionFailed)
        );
        Assert.That(_database.Preview(WithPlugins).Verdict, Is.InstanceOf<RefusedException>());
        Assert.That(_database.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void It_runs_where_the_cutover_is_completed()
    {
        _database.Succeed(new UpRequest());
        _database.Execute(KyselySql.CutoverState("completed"));

        _database.Succeed(WithPlugins);
    }

    [Test]
    public void Its_precondition_costs_neither_checksum_nor_stored_Down()
    {
        _database.Succeed(WithPlugins);

        Assert.That(
            _database.Query(
                "SELECT Checksum IS NOT NULL, Reversal FROM VersionJournal WHERE Name = 'PluginInstances'"
            ),
            Is.EqualTo(["1|sql"])
        );
    }

    private void AddRows()
    {
        _database.Succeed(new UpRequest());
        for (var i = 0; i < Kinds.Length; i++)
        {
            _database.Execute(
                $"INSERT INTO integrations (id, type, name, config) VALUES ('i{i}', '{Kinds[i]}', 'n', '{{}}')"
            );
        }

        _database.Execute(
            """
            INSERT INTO agents (id, name) VALUES ('a1', 'Ada');
            INSERT INTO github_installations (id, installation_id, integration_id) VALUES (3, 9, 'i0');
            INSERT INTO github_repos (id, repo_id, full_name, installation_id) VALUES (5, 11, 'o/r', 3);
            INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a1', 5);
            """
        );
    }

    private string[] Tables() =>
        _database.Query("SELECT name FROM sqlite_master WHERE type = 'table'");
}
