using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Rows;

/// <summary>
/// PostgreSQL's integers have 32 bits. What does not fit is refused before it is sent, by an error that names the column.
/// </summary>
public sealed class OverflowTests : DatabaseTests<PostgresTestDatabase>
{
    private const long Large = int.MaxValue + 1L;

    private static readonly DateTimeOffset After2038 = new(2038, 1, 19, 3, 14, 8, TimeSpan.Zero);

    private static readonly InstallationReport Report = new()
    {
        IntegrationId = Sample.Integration.Id,
        InstallationId = 1,
    };

    private GithubInstallation _installation = null!;

    [SetUp]
    public async Task InsertInstallation() => _installation = await Db.InsertInstallationAsync();

    private static IEnumerable<TestCaseData> Writes()
    {
        yield return Write(
            "an insert",
            "github_installations.installation_id",
            test => test.Db.InsertAsync(test._installation with { InstallationId = Large })
        );
        yield return Write(
            "an insert of an optional number",
            "github_installations.account_id",
            test => test.Db.InsertAsync(test._installation with { AccountId = Large })
        );
        yield return Write(
            "a reference",
            "github_installations.id",
            test => test.Db.InsertAsync(test.Repo(1) with { InstallationId = Large })
        );
        yield return Write(
            "an update",
            "github_installations.account_id",
            test => test.Db.UpdateAsync(test._installation with { AccountId = Large })
        );
        yield return Write(
            "an update of a column",
            "github_installations.account_id",
            test => test.Db.GithubInstallations.Set(row => row.AccountId, Large).UpdateAsync()
        );
        yield return Write(
            "a bulk copy by INSERT",
            "github_repos.repo_id",
            test => test.CopyAsync(BulkCopyType.MultipleRows)
        );
        yield return Write(
            "a bulk copy by COPY",
            "github_repos.repo_id",
            test => test.CopyAsync(BulkCopyType.ProviderSpecific)
        );
        yield return Write(
            "a report of an installation",
            "github_installations.installation_id",
            test => test.ReportAsync(Report with { InstallationId = Large })
        );
        yield return Write(
            "a report of an account",
            "github_installations.account_id",
            test => test.ReportAsync(Report with { AccountId = Large })
        );
        yield return Write(
            "a report of a repository",
            "github_repos.repo_id",
            test => test.ReportAsync(Report with { Repositories = [new(1, "a"), new(Large, "b")] })
        );
        yield return Write(
            "a capability",
            "github_repos.id",
            test =>
                test.Db.InsertAsync(
                    new AgentRepoCapability { AgentId = Sample.Agent.Id, GithubRepoId = Large }
                )
        );
        yield return Write(
            "a time",
            "created_at",
            test => test.Db.InsertAsync(Sample.Agent with { Id = "2", CreatedAt = After2038 })
        );
    }

    [TestCaseSource(nameof(Writes))]
    public async Task Is_refused_by_name_and_changes_nothing(
        string column,
        Func<OverflowTests, Task> write
    )
    {
        var before = await RowsAsync();

        Assert.That(
            () => write(this),
            Throws.TypeOf<OverflowException>().With.Message.Contains($" fit into {column}")
        );

        // Npgsql would have closed the connection.
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_number_that_no_column_holds_is_in_no_row()
    {
        var grants = new CapabilityGrants(Db);
        var writer = new InstallationWriter(Db);

        Assert.That(await writer.RemoveAsync(Large), Is.False);
        Assert.That(await writer.RemoveRepositoriesAsync(Large, [1]), Is.Zero);
        Assert.That(await writer.RemoveRepositoriesAsync(Sample.InstallationId, [Large]), Is.Zero);
        Assert.That(
            await grants.MayAsync(Sample.Agent.Id, Large, RepoCapability.Comment),
            Is.False
        );
        Assert.That(
            () => grants.GrantAsync(Sample.Agent.Id, Large, [RepoCapability.Comment]),
            Throws.TypeOf<MissingRowException>().With.Message.Contains($"number {Large}")
        );
    }

    [Test]
    public async Task A_wider_column_is_read()
    {
        await Db.ExecuteAsync("ALTER TABLE github_installations ALTER account_id TYPE bigint");
        await Db.ExecuteAsync($"UPDATE github_installations SET account_id = {Large}");

        // linq2db reads by the types that it saw at the first run of a query; no other test runs this one.
        var wider = Db.GithubInstallations.Select(row => new { Wider = row.AccountId });
        Assert.That((await wider.SingleAsync()).Wider, Is.EqualTo(Large));
    }

    private static TestCaseData Write(
        string what,
        string column,
        Func<OverflowTests, Task> write
    ) => new TestCaseData(column, write).SetArgDisplayNames(what);

    private GithubRepo Repo(long number) =>
        new()
        {
            RepoId = number,
            FullName = "nitejar/nitejar",
            InstallationId = _installation.Id,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };

    private Task<BulkCopyRowsCopied> CopyAsync(BulkCopyType type) =>
        Db.BulkCopyAsync(new BulkCopyOptions { BulkCopyType = type }, [Repo(1), Repo(Large)]);

    private Task<GithubInstallation> ReportAsync(InstallationReport report) =>
        new InstallationWriter(Db).UpsertAsync(report);

    private async Task<(int, int, int, GithubInstallation)> RowsAsync() =>
        (
            await Db.Agents.CountAsync(),
            await Db.GithubRepos.CountAsync(),
            await Db.AgentRepoCapabilities.CountAsync(),
            await Db.GithubInstallations.SingleAsync()
        );
}
