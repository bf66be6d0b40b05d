namespace Nitejar.Database;

/// <summary>An installation of the GitHub App: a row of <c>github_installations</c>.</summary>
public sealed record GithubInstallation
{
    /// <summary>Surrogate key, given by the database on insert.</summary>
    public long Id { get; init; }

    /// <summary>GitHub's number of the installation, unique.</summary>
    public required long InstallationId { get; init; }

    /// <summary>Login of the account that installed the App, or <see langword="null"/> if not known.</summary>
    public string? AccountLogin { get; init; }

    /// <summary>GitHub's number of that account, or <see langword="null"/> if not known.</summary>
    public long? AccountId { get; init; }

    /// <summary>
    /// What it belongs to: <see cref="Integration.Id"/> or, where the database has <c>plugin_instances</c>,
    /// <see cref="PluginInstance.Id"/>.
    /// </summary>
    public required string IntegrationId { get; init; }

    /// <summary>When the row was made, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
