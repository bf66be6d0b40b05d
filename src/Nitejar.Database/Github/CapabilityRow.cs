using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using static Nitejar.Database.Mapping.Names;

namespace Nitejar.Database.Github;

/// <summary>The row of one agent and one repository, which need not be there; inside a transaction.</summary>
internal sealed class CapabilityRow
{
    private const string Key =
        $"{AgentRepoCapabilities.AgentId}, {AgentRepoCapabilities.GithubRepoId}";

    private readonly NitejarDatabase _database;
    private readonly string _agent;
    private readonly long _repo;

    private CapabilityRow(NitejarDatabase database, string agent, long repo)
    {
        _database = database;
        _agent = agent;
        _repo = repo;
    }

    private IQueryable<AgentRepoCapability> Rows =>
        _database
            .AgentRepoCapabilities.Where(row => row.AgentId == _agent)
            .Where(row => row.GithubRepoId == _repo);

    /// <exception cref="MissingRowException">There is no such agent or repository.</exception>
    public static async Task<CapabilityRow> FindAsync(
        NitejarDatabase database,
        string agentId,
        long repoId,
        CancellationToken cancellation
    )
    {
        if (
            !await database
                .Agents.AnyAsync(agent => agent.Id == agentId, cancellation)
                .ConfigureAwait(false)
        )
        {
            throw new MissingRowException($"There is no agent '{agentId}'.");
        }

        var repo =
            await RepoAsync(database, repoId, cancellation).ConfigureAwait(false)
            ?? throw new MissingRowException(
                $"There is no repository with GitHub's number {repoId}."
            );
        return new CapabilityRow(database, agentId, repo.Id);
    }

    private static async Task<GithubRepo?> RepoAsync(
        NitejarDatabase database,
        long repoId,
        CancellationToken cancellation
    ) =>
        database.Dialect.Integers.Holds(repoId)
            ? await database
                .GithubRepos.SingleOrDefaultAsync(repo => repo.RepoId == repoId, cancellation)
                .ConfigureAwait(false)
            : null;

    /// <summary>
    /// Locks the row, made empty if it was not there: between looking and inserting another writer could come in.
    /// </summary>
    public Task LockAsync(CancellationToken cancellation) =>
        _database.ExecuteAsync(
            $"""
            INSERT INTO {AgentRepoCapabilities.Table} ({Key}) VALUES (@agent, @repo)
            ON CONFLICT ({Key}) DO UPDATE
            SET {AgentRepoCapabilities.Capabilities} = {AgentRepoCapabilities.Table}.{AgentRepoCapabilities.Capabilities}
            """,
            cancellation,
            new DataParameter("agent", _agent, DataType.Text),
            _database.Dialect.Parameter("repo", _repo, RepoKey)
        );

    public Task<RepoCapabilitySet> ReadAsync(CancellationToken cancellation) =>
        Rows.Select(row => row.Capabilities).SingleAsync(cancellation);

    /// <summary>Writes the set; the empty one is no row.</summary>
    public Task<int> WriteAsync(RepoCapabilitySet capabilities, CancellationToken cancellation) =>
        capabilities.Count == 0
            ? Rows.DeleteAsync(cancellation)
            : Rows.Set(row => row.Capabilities, capabilities).UpdateAsync(cancellation);
}
