using LinqToDB;
using LinqToDB.Async;

namespace Nitejar.Database.Github;

/// <summary>
/// What agents may do in repositories. Repositories are named by GitHub's numbers, never by surrogate keys. A change
/// is one transaction, or part of the one that is open, and is made under a lock of the row, so that two at once both
/// count. An agent without any capability in a repository has no row.
/// </summary>
/// <remarks>
/// A row that cannot be understood allows nothing and is a <see cref="LinqToDB.Common.LinqToDBConvertException"/>,
/// in questions as in grants.
/// </remarks>
public sealed class CapabilityGrants(NitejarDatabase database)
{
    /// <summary>Adds capabilities to those that the agent has.</summary>
    /// <returns>What the agent may do now.</returns>
    /// <exception cref="MissingRowException">There is no such agent or repository.</exception>
    public Task<RepoCapabilitySet> GrantAsync(
        string agentId,
        long repoId,
        RepoCapabilitySet capabilities,
        CancellationToken cancellation = default
    ) => ChangeAsync(agentId, repoId, old => old.Union(capabilities), cancellation);

    /// <summary>Takes capabilities away; those that the agent lacks do not matter.</summary>
    /// <returns>What the agent may do now.</returns>
    /// <exception cref="MissingRowException">There is no such agent or repository.</exception>
    public Task<RepoCapabilitySet> RevokeAsync(
        string agentId,
        long repoId,
        RepoCapabilitySet capabilities,
        CancellationToken cancellation = default
    ) => ChangeAsync(agentId, repoId, old => old.Except(capabilities), cancellation);

    /// <summary>Gives the agent exactly these capabilities; none takes all away. What was there is not read.</summary>
    /// <exception cref="MissingRowException">There is no such agent or repository.</exception>
    public Task ReplaceAsync(
        string agentId,
        long repoId,
        RepoCapabilitySet capabilities,
        CancellationToken cancellation = default
    ) =>
        database.InTransactionAsync(
            async () =>
            {
                var row = await CapabilityRow
                    .FindAsync(database, agentId, repoId, cancellation)
                    .ConfigureAwait(false);
                await row.LockAsync(cancellation).ConfigureAwait(false);
                await row.WriteAsync(capabilities, cancellation).ConfigureAwait(false);
                return capabilities;
            },
            cancellation
        );

    /// <summary>What the agent may do; nothing for an agent or repository that is not there.</summary>
    public async Task<RepoCapabilitySet> OfAsync(
        string agentId,
        long repoId,
        CancellationToken cancellation = default
    )
    {
        // A number that a column cannot hold is in no row.
        if (!database.Dialect.Integers.Holds(repoId))
            return RepoCapabilitySet.Empty;

        return await GrantsOf(agentId)
                .Where(grant => grant.RepoId == repoId)
                .Select(grant => grant.Capabilities)
                .SingleOrDefaultAsync(cancellation)
                .ConfigureAwait(false)
            ?? RepoCapabilitySet.Empty;
    }

    /// <summary>Whether the agent may do it; no for an agent or repository that is not there.</summary>
    public async Task<bool> MayAsync(
        string agentId,
        long repoId,
        RepoCapability capability,
        CancellationToken cancellation = default
    ) => (await OfAsync(agentId, repoId, cancellation).ConfigureAwait(false)).Contains(capability);

    /// <summary>What the agent may do, by GitHub's number of the repository.</summary>
    public async Task<IReadOnlyDictionary<long, RepoCapabilitySet>> AllOfAsync(
        string agentId,
        CancellationToken cancellation = default
    ) =>
        await GrantsOf(agentId)
            .ToDictionaryAsync(grant => grant.RepoId, grant => grant.Capabilities, cancellation)
            .ConfigureAwait(false);

    private IQueryable<Grant> GrantsOf(string agentId) =>
        from row in database.AgentRepoCapabilities
        where row.AgentId == agentId
        join repo in database.GithubRepos on row.GithubRepoId equals repo.Id
        select new Grant { RepoId = repo.RepoId, Capabilities = row.Capabilities };

    private Task<RepoCapabilitySet> ChangeAsync(
        string agentId,
        long repoId,
        Func<RepoCapabilitySet, RepoCapabilitySet> change,
        CancellationToken cancellation
    ) =>
        database.InTransactionAsync(
            async () =>
            {
                var row = await CapabilityRow
                    .FindAsync(database, agentId, repoId, cancellation)
                    .ConfigureAwait(false);
                await row.LockAsync(cancellation).ConfigureAwait(false);
                var changed = change(await row.ReadAsync(cancellation).ConfigureAwait(false));
                await row.WriteAsync(changed, cancellation).ConfigureAwait(false);
                return changed;
            },
            cancellation
        );

    private sealed class Grant
    {
        public long RepoId { get; init; }

        public required RepoCapabilitySet Capabilities { get; init; }
    }
}
