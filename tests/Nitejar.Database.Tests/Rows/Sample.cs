using LinqToDB;

namespace Nitejar.Database.Tests.Rows;

/// <summary>Rows for tests.</summary>
internal static class Sample
{
    public static readonly Integration Integration = new()
    {
        Id = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        Type = "github",
        Name = "GitHub",
    };

    public static readonly Agent Agent = new() { Id = "agent-1", Name = "Ada" };

    /// <summary>GitHub's numbers do not fit into 32 bits for ever.</summary>
    public const long InstallationId = 5_000_000_001;

    public const long RepoId = 9_007_199_254_740_991;

    public static async Task<GithubInstallation> InsertInstallationAsync(
        this NitejarDatabase database
    )
    {
        await database.InsertAsync(Integration);
        await database.InsertAsync(Agent);
        await database.InsertAsync(
            new GithubInstallation
            {
                InstallationId = InstallationId,
                IntegrationId = Integration.Id,
            }
        );
        return database.GithubInstallations.Single();
    }

    public static async Task<GithubRepo> InsertRepoAsync(this NitejarDatabase database)
    {
        var installation = await database.InsertInstallationAsync();
        await database.InsertAsync(
            new GithubRepo
            {
                RepoId = RepoId,
                FullName = "nitejar/nitejar",
                InstallationId = installation.Id,
            }
        );
        return database.GithubRepos.Single();
    }
}
