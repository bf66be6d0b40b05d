using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Common;
using LinqToDB.Data;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Github;

/// <summary>What agents may do is what was granted and not revoked, also by several at once.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class CapabilityGrantsTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly string Agent = Sample.Agent.Id;
    private static readonly RepoCapability Unknown = new("teleport");

    private CapabilityGrants Grants => new(Db);

    [SetUp]
    public Task InsertRepo() => Db.InsertRepoAsync();

    [Test]
    public async Task Grants_add_up_and_repeat_without_effect()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo, Unknown]);
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.OpenPr]);
        var all = await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);

        Assert.That(
            all,
            Is.EqualTo(new[] { RepoCapability.ReadRepo, Unknown, RepoCapability.OpenPr })
        );
        Assert.That(await Grants.OfAsync(Agent, Sample.RepoId), Is.EqualTo(all));
    }

    [Test]
    public async Task Revoking_leaves_the_rest_and_revoking_all_leaves_no_row()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo, Unknown]);

        var rest = await Grants.RevokeAsync(
            Agent,
            Sample.RepoId,
            [RepoCapability.ReadRepo, RepoCapability.MergePr]
        );
        Assert.That(rest, Is.EqualTo(new[] { Unknown }));

        await Grants.RevokeAsync(Agent, Sample.RepoId, [Unknown]);
        await Grants.RevokeAsync(Agent, Sample.RepoId, [Unknown]);
        Assert.That(await Db.AgentRepoCapabilities.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Replacing_forgets_what_was_there_even_if_it_makes_no_sense()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);
        await Db.ExecuteAsync("UPDATE agent_repo_capabilities SET capabilities = 'what?'");

        await Grants.ReplaceAsync(Agent, Sample.RepoId, [RepoCapability.Comment]);
        Assert.That(
            await Grants.OfAsync(Agent, Sample.RepoId),
            Is.EqualTo(new[] { RepoCapability.Comment })
        );

        await Grants.ReplaceAsync(Agent, Sample.RepoId, []);
        Assert.That(await Db.AgentRepoCapabilities.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task An_agent_may_what_was_granted_and_nothing_else()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);

        Assert.That(await MayAsync(RepoCapability.ReadRepo), Is.True);
        Assert.That(await MayAsync(RepoCapability.MergePr), Is.False);
        Assert.That(await MayAsync(new RepoCapability("READ_REPO")), Is.False);
        Assert.That(
            await Grants.MayAsync("nobody", Sample.RepoId, RepoCapability.ReadRepo),
            Is.False
        );
        Assert.That(await Grants.MayAsync(Agent, 404, RepoCapability.ReadRepo), Is.False);
    }

    [Test]
    public async Task A_surrogate_key_names_no_repository()
    {
        var repo = await Db.GithubRepos.SingleAsync();
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);

        Assert.That(await Grants.OfAsync(Agent, repo.Id), Is.Empty);
        Assert.That(
            () => Grants.GrantAsync(Agent, repo.Id, [RepoCapability.MergePr]),
            Throws.TypeOf<MissingRowException>()
        );
    }

    [Test]
    public async Task Everything_that_an_agent_may_do_is_listed_by_repository()
    {
        await new InstallationWriter(Db).UpsertAsync(
            new InstallationReport
            {
                IntegrationId = Sample.Integration.Id,
                InstallationId = Sample.InstallationId,
                Repositories = [new(11, "nitejar/one"), new(12, "nitejar/two")],
            }
        );
        await Grants.GrantAsync(Agent, 11, [RepoCapability.ReadRepo]);
        await Grants.GrantAsync(Agent, 12, [RepoCapability.Comment, Unknown]);

        var all = await Grants.AllOfAsync(Agent);

        Assert.That(all.Keys, Is.EquivalentTo(new long[] { 11, 12 }));
        Assert.That(all[12], Is.EqualTo(new[] { RepoCapability.Comment, Unknown }));
        Assert.That(await Grants.AllOfAsync("nobody"), Is.Empty);
    }

    [Test]
    public async Task A_row_that_makes_no_sense_allows_nothing()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);
        await Db.ExecuteAsync("UPDATE agent_repo_capabilities SET capabilities = '\"read_repo\"'");

        Assert.That(
            () => MayAsync(RepoCapability.ReadRepo),
            Throws.TypeOf<LinqToDBConvertException>()
        );
        Assert.That(
            () => Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.OpenPr]),
            Throws.TypeOf<LinqToDBConvertException>()
        );
        Assert.That(
            Db.Rows("SELECT capabilities FROM agent_repo_capabilities"),
            Is.EqualTo(new[] { "\"read_repo\"" })
        );
    }

    [Test]
    public void Unknown_agents_and_repositories_are_named()
    {
        Assert.That(
            () => Grants.GrantAsync("nobody", Sample.RepoId, RepoCapability.Known),
            Throws.TypeOf<MissingRowException>().With.Message.Contains("'nobody'")
        );
        Assert.That(
            () => Grants.ReplaceAsync(Agent, 404, RepoCapability.Known),
            Throws.TypeOf<MissingRowException>().With.Message.Contains("404")
        );
    }

    [Test]
    public async Task Grants_at_once_all_count()
    {
        var capabilities = Enumerable
            .Range(0, 24)
            .Select(n => new RepoCapability($"capability_{n}"))
            .ToArray();

        await Task.WhenAll(
            capabilities.Select(capability =>
                Task.Run(async () =>
                {
                    using var own = Database.Connect();
                    await new CapabilityGrants(own).GrantAsync(Agent, Sample.RepoId, [capability]);
                })
            )
        );

        Assert.That(await Grants.OfAsync(Agent, Sample.RepoId), Is.EquivalentTo(capabilities));
    }

    [Test]
    public async Task Removing_the_repository_takes_the_grants_with_it()
    {
        await Grants.GrantAsync(Agent, Sample.RepoId, [RepoCapability.ReadRepo]);

        await new InstallationWriter(Db).RemoveRepositoriesAsync(
            Sample.InstallationId,
            [Sample.RepoId]
        );

        Assert.That(await Db.AgentRepoCapabilities.CountAsync(), Is.Zero);
    }

    private Task<bool> MayAsync(RepoCapability capability) =>
        Grants.MayAsync(Agent, Sample.RepoId, capability);
}
