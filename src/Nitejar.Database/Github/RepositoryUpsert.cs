using LinqToDB;
using LinqToDB.Data;
using Nitejar.Database.Mapping;
using static Nitejar.Database.Mapping.Names;

namespace Nitejar.Database.Github;

/// <summary>The rows of repositories, many in a statement.</summary>
internal static class RepositoryUpsert
{
    /// <summary>SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535; a row has three.</summary>
    public const int RowsInStatement = 1000;

    private static readonly Upsert Statement = new(
        GithubRepos.Table,
        GithubRepos.RepoId,
        [
            UpsertColumn.Replaced(GithubRepos.FullName),
            // The page of another name is not this one's.
            new UpsertColumn(
                GithubRepos.HtmlUrl,
                $"coalesce(excluded.{GithubRepos.HtmlUrl}, CASE WHEN excluded.{GithubRepos.FullName} = {GithubRepos.Table}.{GithubRepos.FullName} THEN {GithubRepos.Table}.{GithubRepos.HtmlUrl} END)"
            ),
            UpsertColumn.Replaced(GithubRepos.InstallationId),
        ]
    );

    /// <param name="database">Inside a transaction.</param>
    /// <param name="installation">The surrogate key of the installation.</param>
    /// <param name="repositories">In any order.</param>
    /// <param name="cancellation">Stops between statements and within one.</param>
    public static async Task RunAsync(
        NitejarDatabase database,
        long installation,
        IEnumerable<RepoReport> repositories,
        CancellationToken cancellation
    )
    {
        // One row a number, since a statement may not touch a row twice; in order, so that two writers of the same
        // repositories wait for each other instead of ending in a deadlock.
        var rows = repositories
            .GroupBy(repository => repository.RepoId)
            .Select(same => same.Last())
            .OrderBy(repository => repository.RepoId);
        foreach (var chunk in rows.Chunk(RowsInStatement))
        {
            await database
                .ExecuteAsync(
                    Statement.Sql(
                        Enumerable.Range(0, chunk.Length).Select(Row),
                        database.Dialect.Now
                    ),
                    cancellation,
                    Parameters(database.Dialect, installation, chunk)
                )
                .ConfigureAwait(false);
        }
    }

    private static string Row(int index) => $"(@r{index}, @n{index}, @u{index}, @installation)";

    private static DataParameter[] Parameters(
        Dialect dialect,
        long installation,
        RepoReport[] repositories
    ) =>
        [
            dialect.Parameter("installation", installation, InstallationKey),
            .. repositories.SelectMany(
                (repository, index) =>
                    new[]
                    {
                        dialect.Parameter($"r{index}", repository.RepoId, RepoNumber),
                        new DataParameter($"n{index}", repository.FullName, DataType.Text),
                        new DataParameter($"u{index}", repository.HtmlUrl, DataType.Text),
                    }
            ),
        ];
}
