namespace Nitejar.Database;

/// <summary>A repository that an installation reaches: a row of <c>github_repos</c>.</summary>
public sealed record GithubRepo
{
    /// <summary>Surrogate key, given by the database on insert.</summary>
    public long Id { get; init; }

    /// <summary>GitHub's number of the repository, unique.</summary>
    public required long RepoId { get; init; }

    /// <summary>Owner and name, for example <c>nitejar/nitejar</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>Its page, or <see langword="null"/> if not known: GitHub's installation events do not name it.</summary>
    public string? HtmlUrl { get; init; }

    /// <summary>
    /// The installation that reaches it: <see cref="GithubInstallation.Id"/>, the surrogate, not GitHub's number.
    /// </summary>
    public required long InstallationId { get; init; }

    /// <summary>When the row was made, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
