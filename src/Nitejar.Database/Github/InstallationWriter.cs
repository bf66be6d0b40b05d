using LinqToDB;
using LinqToDB.Async;

namespace Nitejar.Database.Github;

/// <summary>
/// Keeps installations and their repositories as GitHub's events report them. Installations and repositories are
/// named by GitHub's numbers, never by surrogate keys. Each call is one transaction, or part of the one that is open;
/// repeating a call changes nothing.
/// </summary>
public sealed class InstallationWriter(NitejarDatabase database)
{
    /// <summary>
    /// Inserts or updates an installation and the repositories that the report names, and removes those that it
    /// reports as removed. A repository that another installation reached belongs to this one from now on and keeps
    /// what agents may do in it.
    /// </summary>
    /// <returns>The installation's row.</returns>
    /// <exception cref="MissingRowException">There is no such integration or plugin instance.</exception>
    /// <exception cref="OverflowException">
    /// One of GitHub's numbers is beyond 2147483647, the most that PostgreSQL's columns hold. The message names the column.
    /// </exception>
    /// <exception cref="System.Data.Common.DbException">The database refused.</exception>
    public Task<GithubInstallation> UpsertAsync(
        InstallationReport report,
        CancellationToken cancellation = default
    ) =>
        database.InTransactionAsync(
            async () =>
            {
                await RequireIntegrationAsync(report.IntegrationId, cancellation)
                    .ConfigureAwait(false);
                await InstallationUpsert
                    .RunAsync(database, report, cancellation)
                    .ConfigureAwait(false);
                var row = await database
                    .GithubInstallations.SingleAsync(
                        installation => installation.InstallationId == report.InstallationId,
                        cancellation
                    )
                    .ConfigureAwait(false);
                await RepositoryUpsert
                    .RunAsync(database, row.Id, report.Repositories, cancellation)
                    .ConfigureAwait(false);
                await DeleteAsync(row.Id, report.RemovedRepositories, cancellation)
                    .ConfigureAwait(false);
                return row;
            },
            cancellation
        );

    /// <summary>Removes an installation, its repositories, and what agents may do in them.</summary>
    /// <param name="installationId">GitHub's number.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> RemoveAsync(
        long installationId,
        CancellationToken cancellation = default
    ) =>
        Holds(installationId)
        && await database
            .GithubInstallations.Where(row => row.InstallationId == installationId)
            .DeleteAsync(cancellation)
            .ConfigureAwait(false) > 0;

    /// <summary>
    /// Removes repositories from an installation, and what agents may do in them. Those that another installation
    /// reaches by now stay, since GitHub's events about a transfer come in any order.
    /// </summary>
    /// <param name="installationId">GitHub's number.</param>
    /// <param name="repoIds">GitHub's numbers.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    /// <returns>How many were there.</returns>
    public Task<int> RemoveRepositoriesAsync(
        long installationId,
        IReadOnlyCollection<long> repoIds,
        CancellationToken cancellation = default
    ) =>
        database.InTransactionAsync(
            async () =>
            {
                if (!Holds(installationId))
                    return 0;

                var row = await database
                    .GithubInstallations.SingleOrDefaultAsync(
                        installation => installation.InstallationId == installationId,
                        cancellation
                    )
                    .ConfigureAwait(false);
                return row is null
                    ? 0
                    : await DeleteAsync(row.Id, repoIds, cancellation).ConfigureAwait(false);
            },
            cancellation
        );

    private async Task<int> DeleteAsync(
        long installation,
        IReadOnlyCollection<long> repoIds,
        CancellationToken cancellation
    )
    {
        var removed = 0;
        var held = repoIds.Where(Holds).Distinct().Order();
        foreach (var chunk in held.Chunk(RepositoryUpsert.RowsInStatement))
        {
            removed += await database
                .GithubRepos.Where(repo => repo.InstallationId == installation)
                .Where(repo => chunk.Contains(repo.RepoId))
                .DeleteAsync(cancellation)
                .ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>Whether a column can hold GitHub's number. One that it cannot hold is in no row.</summary>
    private bool Holds(long number) => database.Dialect.Integers.Holds(number);

    private async Task RequireIntegrationAsync(string id, CancellationToken cancellation)
    {
        var isThere = database.HasPluginInstances
            ? database.PluginInstances.AnyAsync(row => row.Id == id, cancellation)
            : database.Integrations.AnyAsync(row => row.Id == id, cancellation);
        if (!await isThere.ConfigureAwait(false))
        {
            var what = database.HasPluginInstances ? "plugin instance" : "integration";
            throw new MissingRowException($"There is no {what} '{id}'.");
        }
    }
}
