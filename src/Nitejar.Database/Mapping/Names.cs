namespace Nitejar.Database.Mapping;

/// <summary>The one place for names of tables and columns.</summary>
internal static class Names
{
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";

    public const string InstallationKey = $"{GithubInstallations.Table}.{GithubInstallations.Id}";
    public const string InstallationNumber =
        $"{GithubInstallations.Table}.{GithubInstallations.InstallationId}";
    public const string AccountNumber =
        $"{GithubInstallations.Table}.{GithubInstallations.AccountId}";
    public const string RepoKey = $"{GithubRepos.Table}.{GithubRepos.Id}";
    public const string RepoNumber = $"{GithubRepos.Table}.{GithubRepos.RepoId}";

    public static class Integrations
    {
        public const string Table = "integrations";
        public const string Id = "id";
        public const string Type = "type";
        public const string Name = "name";
        public const string Config = "config";
        public const string Scope = "scope";
        public const string Enabled = "enabled";
    }

    public static class PluginInstances
    {
        public const string Table = "plugin_instances";
        public const string Id = "id";
        public const string PluginId = "plugin_id";
        public const string Name = "name";
        public const string Config = "config_json";
        public const string Scope = "scope";
        public const string Enabled = "enabled";
    }

    public static class Agents
    {
        public const string Table = "agents";
        public const string Id = "id";
        public const string Name = "name";
        public const string SpriteId = "sprite_id";
        public const string Config = "config";
        public const string Status = "status";
        public const string Handle = "handle";
    }

    public static class GithubInstallations
    {
        public const string Table = "github_installations";
        public const string Id = "id";
        public const string InstallationId = "installation_id";
        public const string AccountLogin = "account_login";
        public const string AccountId = "account_id";
        public const string IntegrationId = "integration_id";
        public const string PluginInstanceId = "plugin_instance_id";
    }

    public static class GithubRepos
    {
        public const string Table = "github_repos";
        public const string Id = "id";
        public const string RepoId = "repo_id";
        public const string FullName = "full_name";
        public const string HtmlUrl = "html_url";
        public const string InstallationId = "installation_id";
    }

    public static class AgentRepoCapabilities
    {
        public const string Table = "agent_repo_capabilities";
        public const string AgentId = "agent_id";
        public const string GithubRepoId = "github_repo_id";
        public const string Capabilities = "capabilities";
    }
}
