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

    /// <summary>One that every kind of database holds.</summary>
    public const long InstallationId = 2_000_000_001;

    /// <summary>The largest one that every kind of database holds.</summary>
    public const long RepoId = int.MaxValue;

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
