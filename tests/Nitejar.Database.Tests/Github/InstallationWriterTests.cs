using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Github;

/// <summary>Installations and repositories follow GitHub's events, however often and in whatever order they come.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class InstallationWriterTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly InstallationReport Report = new()
    {
        IntegrationId = Sample.Integration.Id,
        InstallationId = Sample.InstallationId,
        AccountLogin = "nitejar",
        AccountId = 1_900_000_001,
        Repositories =
        [
            new RepoReport(12, "nitejar/two", "https://github.com/nitejar/two"),
            new RepoReport(11, "nitejar/one"),
        ],
    };

    private InstallationWriter Writer => new(Db);

    [SetUp]
    public Task InsertIntegration() => Db.InsertAsync(Sample.Integration);

    [Test]
    public async Task A_report_makes_an_installation_and_its_repositories()
    {
        var row = await Writer.UpsertAsync(Report);

        Assert.That(
            (row.InstallationId, row.AccountLogin, row.AccountId, row.IntegrationId),
            Is.EqualTo((Sample.InstallationId, "nitejar", 1_900_000_001, Sample.Integration.Id))
        );
        Assert.That(await Db.GithubInstallations.SingleAsync(), Is.EqualTo(row));
        Assert.That(
            await ReposAsync(),
            Is.EqualTo(
                new[]
                {
                    (11, "nitejar/one", null, row.Id),
                    (12, "nitejar/two", "https://github.com/nitejar/two", row.Id),
                }
            )
        );
    }

    [Test]
    public async Task What_is_the_same_keeps_its_time_and_what_differs_does_not()
    {
        await Writer.UpsertAsync(Report);
        await AgeAsync();

        var installation = await Writer.UpsertAsync(
            Report with
            {
                Repositories = [new(11, "nitejar/uno"), new(12, "nitejar/two")],
            }
        );

        Assert.That(installation.UpdatedAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
        var repos = await Db.GithubRepos.OrderBy(repo => repo.RepoId).ToArrayAsync();
        Assert.That(repos[0].UpdatedAt, Is.GreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.That(repos[0].CreatedAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
        Assert.That(repos[1].UpdatedAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
    }

    [Test]
    public async Task What_an_event_does_not_say_is_kept()
    {
        await Writer.UpsertAsync(Report);

        var row = await Writer.UpsertAsync(
            new InstallationReport
            {
                IntegrationId = Sample.Integration.Id,
                InstallationId = Sample.InstallationId,
                Repositories = [new(12, "nitejar/two")],
            }
        );

        Assert.That((row.AccountLogin, row.AccountId), Is.EqualTo(("nitejar", 1_900_000_001)));
        Assert.That((await ReposAsync())[1].Url, Is.EqualTo("https://github.com/nitejar/two"));
    }

    [Test]
    public async Task A_renamed_repository_does_not_keep_the_page_of_its_old_name()
    {
        await Writer.UpsertAsync(Report);

        await Writer.UpsertAsync(Report with { Repositories = [new(12, "nitejar/deux")] });

        var repo = (await ReposAsync())[1];
        Assert.That((repo.Name, repo.Url), Is.EqualTo(("nitejar/deux", default(string))));
    }

    [Test]
    public async Task Added_and_removed_repositories_of_one_event_are_one_step()
    {
        await Writer.UpsertAsync(Report);

        await Writer.UpsertAsync(
            Report with
            {
                Repositories = [new(13, "nitejar/three"), new(13, "nitejar/drei")],
                RemovedRepositories = [11, 99],
            }
        );

        Assert.That(
            (await ReposAsync()).Select(repo => repo.Name),
            Is.EqualTo(new[] { "nitejar/two", "nitejar/drei" })
        );
    }

    [Test]
    public async Task A_transferred_repository_keeps_its_row_and_a_late_removal_does_not_take_it()
    {
        await Writer.UpsertAsync(Report);
        var before = await ReposAsync();
        var other = await Writer.UpsertAsync(
            new InstallationReport
            {
                IntegrationId = Sample.Integration.Id,
                InstallationId = 77,
                Repositories = [new(11, "other/one")],
            }
        );

        var removed = await Writer.RemoveRepositoriesAsync(Sample.InstallationId, [11, 12]);

        Assert.That(removed, Is.EqualTo(1));
        Assert.That(
            await ReposAsync(),
            Is.EqualTo(new[] { (11, "other/one", default(string), other.Id) })
        );
        Assert.That(before[0].Id, Is.EqualTo(11));
    }

    [Test]
    public async Task Removing_an_installation_takes_its_repositories_and_is_done_once()
    {
        await Writer.UpsertAsync(Report);

        Assert.That(await Writer.RemoveAsync(Sample.InstallationId), Is.True);
        Assert.That(await Writer.RemoveAsync(Sample.InstallationId), Is.False);
        Assert.That(await Writer.RemoveRepositoriesAsync(Sample.InstallationId, [11]), Is.Zero);
        Assert.That(await Db.GithubRepos.CountAsync(), Is.Zero);
    }

    [Test]
    public void An_unknown_integration_is_named() =>
        Assert.That(
            () => Writer.UpsertAsync(Report with { IntegrationId = "nobody" }),
            Throws.TypeOf<MissingRowException>().With.Message.Contains("'nobody'")
        );

    private async Task<(long Id, string Name, string? Url, long Installation)[]> ReposAsync() =>
        [
            .. (await Db.GithubRepos.OrderBy(repo => repo.RepoId).ToArrayAsync()).Select(repo =>
                (repo.RepoId, repo.FullName, repo.HtmlUrl, repo.InstallationId)
            ),
        ];

    /// <summary>Every row is from long ago, so that a change of its time shows.</summary>
    private async Task AgeAsync()
    {
        await Db.ExecuteAsync("UPDATE github_installations SET created_at = 1, updated_at = 1");
        await Db.ExecuteAsync("UPDATE github_repos SET created_at = 1, updated_at = 1");
    }
}
