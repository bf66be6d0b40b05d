namespace Nitejar.Database.Github;

/// <summary>
/// An installation as GitHub's <c>installation</c> and <c>installation_repositories</c> events report it.
/// </summary>
public sealed record InstallationReport
{
    /// <summary>
    /// What received the event: <see cref="Integration.Id"/> or, where the database has <c>plugin_instances</c>,
    /// <see cref="PluginInstance.Id"/>.
    /// </summary>
    public required string IntegrationId { get; init; }

    /// <summary>GitHub's number: <c>installation.id</c>.</summary>
    public required long InstallationId { get; init; }

    /// <summary><c>installation.account.login</c>; <see langword="null"/> keeps what is known.</summary>
    public string? AccountLogin { get; init; }

    /// <summary><c>installation.account.id</c>; <see langword="null"/> keeps what is known.</summary>
    public long? AccountId { get; init; }

    /// <summary>
    /// <c>repositories</c> or <c>repositories_added</c>. Others that the installation reaches stay. Of two with the
    /// same number the later counts.
    /// </summary>
    public IReadOnlyCollection<RepoReport> Repositories { get; init; } = [];

    /// <summary>GitHub's numbers of <c>repositories_removed</c>.</summary>
    public IReadOnlyCollection<long> RemovedRepositories { get; init; } = [];
}

/// <summary>A repository as GitHub reports it.</summary>
/// <param name="RepoId">GitHub's number: <c>id</c>.</param>
/// <param name="FullName"><c>full_name</c>.</param>
/// <param name="HtmlUrl">
/// <c>html_url</c>, which installation events lack; <see langword="null"/> keeps what is known, unless the name
/// has changed.
/// </param>
public sealed record RepoReport(long RepoId, string FullName, string? HtmlUrl = null);
