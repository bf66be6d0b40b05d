using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Common;
using LinqToDB.Data;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Rows;

/// <summary>SQLite's integers have 64 bits.</summary>
public sealed class LargeNumberTests : DatabaseTests<SqliteTestDatabase>
{
    private static readonly DateTimeOffset After2038 = new(2038, 1, 19, 3, 14, 8, TimeSpan.Zero);

    [Test]
    public async Task Numbers_and_times_beyond_32_bits_come_back()
    {
        await Db.InsertAsync(Sample.Integration with { CreatedAt = After2038 });
        var row = await new InstallationWriter(Db).UpsertAsync(
            new InstallationReport
            {
                IntegrationId = Sample.Integration.Id,
                InstallationId = long.MaxValue,
                AccountId = long.MaxValue - 1,
                Repositories = [new(long.MaxValue - 2, "nitejar/nitejar")],
            }
        );

        Assert.That((await Db.Integrations.SingleAsync()).CreatedAt, Is.EqualTo(After2038));
        Assert.That(
            (row.InstallationId, row.AccountId),
            Is.EqualTo((long.MaxValue, long.MaxValue - 1))
        );
        Assert.That((await Db.GithubRepos.SingleAsync()).RepoId, Is.EqualTo(long.MaxValue - 2));
    }

    [Test]
    public async Task Milliseconds_in_a_column_of_seconds_are_an_error()
    {
        await Db.InsertAsync(Sample.Agent);
        await Db.ExecuteAsync("UPDATE agents SET created_at = 1714564800000000");

        Assert.That(
            () => Db.Agents.SingleAsync(),
            Throws
                .TypeOf<LinqToDBConvertException>()
                .With.InnerException.TypeOf<FormatException>()
                .And.InnerException.Message.Contains("1714564800000000")
        );
    }
}
