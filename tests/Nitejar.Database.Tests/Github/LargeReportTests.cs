using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Github;

/// <summary>A report is one step, whatever its size, what fails in it, and who else writes.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class LargeReportTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string AllRows =
        "SELECT id, repo_id, full_name, html_url, installation_id, created_at, updated_at FROM github_repos ORDER BY id";

    private static readonly InstallationReport Report = new()
    {
        IntegrationId = Sample.Integration.Id,
        InstallationId = Sample.InstallationId,
        AccountLogin = "nitejar",
        Repositories = [new RepoReport(11, "nitejar/one")],
    };

    private InstallationWriter Writer => new(Db);

    [SetUp]
    public Task InsertIntegration() => Db.InsertAsync(Sample.Integration);

    [Test]
    public async Task Five_thousand_repositories_twice_are_the_same_rows_in_few_statements()
    {
        var report = Report with
        {
            Repositories =
            [
                .. Enumerable
                    .Range(1, 5000)
                    .Select(n => new RepoReport(
                        n,
                        $"nitejar/r{n}",
                        $"https://github.com/nitejar/r{n}"
                    )),
            ],
        };
        var statements = new Statements();
        using var listened = new NitejarDatabase(statements.ListenTo(Database.Options));
        var toConnect = statements.Texts.Count;
        var first = await new InstallationWriter(listened).UpsertAsync(report);
        await Db.ExecuteAsync("UPDATE github_repos SET created_at = 1, updated_at = 1");
        var rows = Db.Rows(AllRows);
        var count = statements
            .Texts.Skip(toConnect)
            .Count(text => text.Contains("github", StringComparison.Ordinal));

        var second = await new InstallationWriter(listened).UpsertAsync(report);

        Assert.That(rows, Has.Length.EqualTo(5000));
        Assert.That(Db.Rows(AllRows), Is.EqualTo(rows));
        Assert.That(second.Id, Is.EqualTo(first.Id));
        Assert.That(count, Is.EqualTo(7));
    }

    [Test]
    public async Task A_report_that_fails_at_its_end_changes_nothing()
    {
        await Writer.UpsertAsync(Report);
        var before = Db.Rows(AllRows);
        // The last of two statements, by a name that is no text.
        var repositories = Enumerable
            .Range(100, 1500)
            .Select(n => new RepoReport(n, n == 1599 ? null! : $"nitejar/r{n}"))
            .ToArray();

        Assert.That(
            () =>
                Writer.UpsertAsync(
                    Report with
                    {
                        AccountLogin = "changed",
                        Repositories = repositories,
                    }
                ),
            Throws.InstanceOf<System.Data.Common.DbException>()
        );

        Assert.That(Db.Rows(AllRows), Is.EqualTo(before));
        Assert.That(
            (await Db.GithubInstallations.SingleAsync()).AccountLogin,
            Is.EqualTo("nitejar")
        );
    }

    [Test]
    public async Task A_call_takes_part_in_the_open_transaction()
    {
        await using (var transaction = await Db.BeginTransactionAsync())
        {
            await Writer.UpsertAsync(Report);
            await transaction.RollbackAsync();
        }

        Assert.That(await Db.GithubInstallations.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Writers_of_the_same_repositories_in_other_orders_both_succeed()
    {
        var repositories = Enumerable
            .Range(1, 2500)
            .Select(n => new RepoReport(n, $"nitejar/r{n}"))
            .ToArray();
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        using var own = Database.Connect();
                        await new InstallationWriter(own).UpsertAsync(
                            Report with
                            {
                                InstallationId = writer,
                                Repositories =
                                    writer % 2 == 0 ? repositories : [.. repositories.Reverse()],
                            }
                        );
                    })
                )
        );

        Assert.That(await Db.GithubRepos.CountAsync(), Is.EqualTo(2500));
    }
}
