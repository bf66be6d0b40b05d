using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Nitejar.Database.Configuration;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Layouts;

/// <summary>The library follows which names a database has.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class RenamedTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly ConfigCipher Cipher = new(new string('k', 32));

    private static readonly PluginInstance Plugin = new()
    {
        Id = "p1",
        PluginId = GithubAppConfig.PluginId,
        Name = "GitHub",
    };

    private static readonly InstallationReport Report = new()
    {
        IntegrationId = Plugin.Id,
        InstallationId = Sample.InstallationId,
        AccountLogin = "nitejar",
        Repositories = [new RepoReport(11, "nitejar/one"), new RepoReport(12, "nitejar/two")],
    };

    private NitejarDatabase _renamed = null!;

    [SetUp]
    public async Task FollowTheRename()
    {
        Rename.Follow(Db);
        _renamed = Database.Connect();
        await _renamed.InsertAsync(Plugin);
    }

    [TearDown]
    public void Close() => _renamed?.Dispose();

    [Test]
    public async Task A_plugin_instance_comes_back_with_every_field()
    {
        var row = Plugin with
        {
            Id = "p2",
            Config = """{"name":"Zoë ✓"}""",
            Scope = "team",
            Enabled = false,
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1),
            UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(2),
        };

        await _renamed.InsertAsync(row);

        Assert.That(
            await _renamed.PluginInstances.SingleAsync(found => found.Id == "p2"),
            Is.EqualTo(row)
        );
        Assert.That(row.ToString(), Does.Contain("(hidden)").And.Not.Contain("Zoë"));
    }

    [Test]
    public async Task Reports_are_written_and_repeated_as_under_the_other_names()
    {
        var writer = new InstallationWriter(_renamed);

        var first = await writer.UpsertAsync(Report);
        await _renamed.ExecuteAsync("UPDATE github_installations SET updated_at = 1");
        var second = await writer.UpsertAsync(Report);

        Assert.That(first.IntegrationId, Is.EqualTo(Plugin.Id));
        Assert.That(second.UpdatedAt.ToUnixTimeSeconds(), Is.EqualTo(1), "nothing had changed");
        Assert.That(
            _renamed.Rows("SELECT plugin_instance_id FROM github_installations"),
            Is.EqualTo(new[] { "p1" })
        );
        Assert.That(
            await _renamed
                .GithubInstallations.Where(row => row.IntegrationId == Plugin.Id)
                .CountAsync(),
            Is.EqualTo(1)
        );
        Assert.That(await _renamed.GithubRepos.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public void A_report_for_a_plugin_instance_that_is_not_there_changes_nothing() =>
        Assert.That(
            () => new InstallationWriter(_renamed).UpsertAsync(Report with { IntegrationId = "x" }),
            Throws.TypeOf<MissingRowException>().With.Message.Contains("plugin instance 'x'")
        );

    [Test]
    public async Task Agents_are_granted_capabilities()
    {
        await new InstallationWriter(_renamed).UpsertAsync(Report);
        await _renamed.InsertAsync(Sample.Agent);
        var grants = new CapabilityGrants(_renamed);

        await grants.GrantAsync(Sample.Agent.Id, 11, [RepoCapability.OpenPr]);

        Assert.That(await grants.MayAsync(Sample.Agent.Id, 11, RepoCapability.OpenPr));
    }

    [Test]
    public void The_other_table_is_an_error_that_says_which_one_is_there()
    {
        Assert.That(
            () => _renamed.Integrations,
            Throws.InvalidOperationException.With.Message.Contains("PluginInstances")
        );
        Assert.That(
            () => Db.PluginInstances,
            Throws.InvalidOperationException.With.Message.Contains("Integrations")
        );
    }

    [Test]
    public async Task A_new_configuration_has_the_names_of_its_table()
    {
        var config = new GithubAppConfig
        {
            AppId = "1",
            PermissionsPreset = PermissionsPreset.Robust,
            TokenTtl = TimeSpan.FromHours(1),
            Spelling = _renamed.ConfigSpelling,
        };

        await _renamed.UpdateAsync(
            Plugin with
            {
                Config = config.ToJson(Cipher),
                UpdatedAt = DateTimeOffset.UtcNow,
            }
        );

        var row = await _renamed.PluginInstances.SingleAsync();
        Assert.That(
            row.Config,
            Is.EqualTo("""{"appId":"1","permissions":{"preset":"robust"},"tokenTTL":3600}""")
        );
        Assert.That(GithubAppConfig.Of(row, Cipher).TokenTtl, Is.EqualTo(config.TokenTtl));
    }

    [Test]
    public async Task A_handle_comes_back_where_there_is_a_column_for_it()
    {
        await _renamed.InsertAsync(Sample.Agent with { Handle = "ada" });
        Assert.That((await _renamed.Agents.SingleAsync()).Handle, Is.Null);

        _renamed.Execute("ALTER TABLE agents ADD COLUMN handle text");
        using var withHandles = Database.Connect();
        await withHandles.UpdateAsync(
            Sample.Agent with
            {
                Handle = "ada",
                UpdatedAt = DateTimeOffset.UtcNow,
            }
        );

        Assert.That((await withHandles.Agents.SingleAsync()).Handle, Is.EqualTo("ada"));
        Assert.That(
            await withHandles.Agents.CountAsync(agent => agent.Handle == "ada"),
            Is.EqualTo(1)
        );
    }

    [Test]
    public void While_a_cutover_goes_on_the_reference_decides()
    {
        Db.Execute("CREATE TABLE integrations (id text)");
        using (var cutOver = Database.Connect())
        {
            Assert.That(cutOver.HasPluginInstances);
        }

        Db.Execute(
            "ALTER TABLE github_installations RENAME COLUMN plugin_instance_id TO integration_id"
        );
        using var before = Database.Connect();
        Assert.That(before.HasPluginInstances, Is.False);
    }
}
