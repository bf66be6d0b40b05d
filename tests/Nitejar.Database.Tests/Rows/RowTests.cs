using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Common;
using LinqToDB.Data;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Rows;

/// <summary>Rows come back as they went in, and the database fills what is left out.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class RowTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly DateTimeOffset Early = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = new(2038, 1, 19, 3, 14, 7, TimeSpan.Zero);

    [Test]
    public async Task An_integration_comes_back_with_every_field()
    {
        var row = Sample.Integration with
        {
            Config = """{"name":"Zoë ✓"}""",
            Scope = "team",
            Enabled = false,
            CreatedAt = Early,
            UpdatedAt = Late,
        };

        await Db.InsertAsync(row);

        Assert.That(await Db.Integrations.SingleAsync(), Is.EqualTo(row));
        Assert.That(
            Db.Rows("SELECT enabled, created_at, updated_at FROM integrations"),
            Is.EqualTo(new[] { "0|1714564800|2147483647" })
        );
    }

    [Test]
    public async Task An_agent_comes_back_with_every_field()
    {
        var row = Sample.Agent with
        {
            SpriteId = "sprite-7",
            Config = "{}",
            Status = "working",
            CreatedAt = Early,
            UpdatedAt = Late,
        };

        await Db.InsertAsync(row);

        Assert.That(await Db.Agents.SingleAsync(), Is.EqualTo(row));
    }

    [Test]
    public async Task An_installation_and_a_repository_come_back_with_every_field()
    {
        await Db.InsertAsync(Sample.Integration);
        var installation = new GithubInstallation
        {
            InstallationId = int.MaxValue,
            AccountLogin = "nitejar",
            AccountId = int.MaxValue - 1,
            IntegrationId = Sample.Integration.Id,
            CreatedAt = Early,
            UpdatedAt = Late,
        };
        var id = await Db.InsertWithInt64IdentityAsync(installation);
        var repo = new GithubRepo
        {
            RepoId = int.MaxValue - 2,
            FullName = "nitejar/nitejar",
            HtmlUrl = "https://github.com/nitejar/nitejar",
            InstallationId = id,
            CreatedAt = Early,
            UpdatedAt = Late,
        };
        var repoId = await Db.InsertWithInt64IdentityAsync(repo);

        Assert.That(
            await Db.GithubInstallations.SingleAsync(),
            Is.EqualTo(installation with { Id = id })
        );
        Assert.That(await Db.GithubRepos.SingleAsync(), Is.EqualTo(repo with { Id = repoId }));
    }

    [Test]
    public async Task The_database_fills_what_is_left_out()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        var repo = await Db.InsertRepoAsync();
        var after = DateTimeOffset.UtcNow.AddSeconds(2);

        var integration = await Db.Integrations.SingleAsync();
        var agent = await Db.Agents.SingleAsync();
        Assert.That(repo.Id, Is.Positive);
        Assert.That(
            new[] { repo.CreatedAt, repo.UpdatedAt, agent.CreatedAt, integration.UpdatedAt },
            Is.All.InRange(before, after)
        );
        Assert.That((integration.Scope, integration.Enabled), Is.EqualTo(("global", true)));
        Assert.That(agent.Status, Is.EqualTo("idle"));
        Assert.That(
            (repo.HtmlUrl, agent.SpriteId, agent.Config),
            Is.EqualTo(default((string?, string?, string?)))
        );
    }

    [Test]
    public async Task Capabilities_come_back_with_unknown_ones_and_in_order()
    {
        var repo = await Db.InsertRepoAsync();
        var row = new AgentRepoCapability
        {
            AgentId = Sample.Agent.Id,
            GithubRepoId = repo.Id,
            Capabilities = [RepoCapability.OpenPr, new("fly_übermorgen"), RepoCapability.Comment],
        };
        await Db.InsertAsync(row);

        Assert.That(await Db.AgentRepoCapabilities.SingleAsync(), Is.EqualTo(row));
        Assert.That(
            Db.Rows("SELECT capabilities FROM agent_repo_capabilities"),
            Is.EqualTo(new[] { """["open_pr","fly_übermorgen","comment"]""" })
        );
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("[null]")]
    [TestCase("null")]
    [TestCase("")]
    public async Task Capabilities_that_are_none_are_an_error(string json)
    {
        var repo = await Db.InsertRepoAsync();
        await Db.ExecuteAsync(
            $"INSERT INTO agent_repo_capabilities VALUES ('{Sample.Agent.Id}', {repo.Id}, '{json}')"
        );

        Assert.That(
            () => Db.AgentRepoCapabilities.SingleAsync(),
            Throws
                .TypeOf<LinqToDBConvertException>()
                .With.InnerException.TypeOf<FormatException>()
                .And.InnerException.Message.Contains("agent_repo_capabilities.capabilities")
        );
    }

    [Test]
    public async Task Queries_compare_times_and_flags()
    {
        await Db.InsertAsync(Sample.Integration with { CreatedAt = Early });
        await Db.InsertAsync(
            Sample.Integration with
            {
                Id = "off",
                Enabled = false,
                CreatedAt = Late,
            }
        );

        Assert.That(
            await Db.Integrations.Where(row => row.Enabled).Select(row => row.Id).ToArrayAsync(),
            Is.EqualTo(new[] { Sample.Integration.Id })
        );
        Assert.That(
            await Db
                .Integrations.Where(row => !row.Enabled && row.CreatedAt > Early)
                .Select(row => row.Id)
                .ToArrayAsync(),
            Is.EqualTo(new[] { "off" })
        );
    }

    [Test]
    public async Task Queries_join_keys_with_what_refers_to_them_and_compare_two_times()
    {
        var repo = await Db.InsertRepoAsync();
        await Db.InsertAsync(
            new AgentRepoCapability { AgentId = Sample.Agent.Id, GithubRepoId = repo.Id }
        );

        var joined =
            from capability in Db.AgentRepoCapabilities
            join row in Db.GithubRepos on capability.GithubRepoId equals row.Id
            join installation in Db.GithubInstallations on row.InstallationId equals installation.Id
            where row.UpdatedAt >= row.CreatedAt && installation.CreatedAt <= row.UpdatedAt
            select installation.InstallationId;

        Assert.That(await joined.ToArrayAsync(), Is.EqualTo(new[] { Sample.InstallationId }));
    }

    [Test]
    public async Task An_update_that_does_not_say_when_a_row_was_made_keeps_it()
    {
        await Db.InsertAsync(Sample.Agent with { CreatedAt = Early, UpdatedAt = Early });

        await Db.UpdateAsync(Sample.Agent with { Status = "working", UpdatedAt = Late });

        var row = await Db.Agents.SingleAsync();
        Assert.That(
            (row.Status, row.CreatedAt, row.UpdatedAt),
            Is.EqualTo(("working", Early, Late))
        );
    }

    [Test]
    public async Task A_bulk_copy_without_times_is_an_error_and_not_the_year_one()
    {
        Assert.That(
            () => Db.BulkCopyAsync([Sample.Agent]),
            Throws.InvalidOperationException.With.Message.Contains("timestamp is not set")
        );

        await Db.BulkCopyAsync([Sample.Agent with { CreatedAt = Early, UpdatedAt = Late }]);
        Assert.That((await Db.Agents.SingleAsync()).CreatedAt, Is.EqualTo(Early));
    }

    [Test]
    public async Task Deleting_an_integration_takes_what_depends_on_it()
    {
        await Db.InsertRepoAsync();

        await Db.Integrations.DeleteAsync();

        Assert.That(await Db.GithubRepos.CountAsync(), Is.Zero);
    }
}
