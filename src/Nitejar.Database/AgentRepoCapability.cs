namespace Nitejar.Database;

/// <summary>What an agent may do in a repository: a row of <c>agent_repo_capabilities</c>.</summary>
public sealed record AgentRepoCapability
{
    /// <summary>The agent: <see cref="Agent.Id"/>. With <see cref="GithubRepoId"/> the primary key.</summary>
    public required string AgentId { get; init; }

    /// <summary>The repository: <see cref="GithubRepo.Id"/>, the surrogate, not GitHub's number.</summary>
    public required long GithubRepoId { get; init; }

    /// <summary>What the agent may do; the database's default is nothing.</summary>
    public RepoCapabilitySet Capabilities { get; init; } = RepoCapabilitySet.Empty;
}
