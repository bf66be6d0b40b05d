namespace Nitejar.Database.Mapping;

/// <summary>The names in which Nitejar's databases differ.</summary>
/// <param name="HasPluginInstances">Whether <c>integrations</c> is called <c>plugin_instances</c>.</param>
/// <param name="HasAgentHandles">Whether agents have a handle.</param>
internal sealed record Layout(bool HasPluginInstances, bool HasAgentHandles)
{
    /// <summary>The column by which an installation refers to what it belongs to.</summary>
    public string IntegrationColumn =>
        HasPluginInstances
            ? Names.GithubInstallations.PluginInstanceId
            : Names.GithubInstallations.IntegrationId;

    /// <summary>Tells it from the columns that are there.</summary>
    /// <param name="columns">Each as <c>table.column</c>. Without any of them, nothing is migrated yet.</param>
    public static Layout Of(IReadOnlySet<string> columns)
    {
        // A database in which Nitejar's own cutover has begun has both tables; the reference decides.
        var refersToPlugins = columns.Contains(
            $"{Names.GithubInstallations.Table}.{Names.GithubInstallations.PluginInstanceId}"
        );
        var refersToIntegrations = columns.Contains(
            $"{Names.GithubInstallations.Table}.{Names.GithubInstallations.IntegrationId}"
        );
        var hasPlugins = columns.Contains(
            $"{Names.PluginInstances.Table}.{Names.PluginInstances.PluginId}"
        );
        return new Layout(
            hasPlugins && (refersToPlugins || !refersToIntegrations),
            columns.Contains($"{Names.Agents.Table}.{Names.Agents.Handle}")
        );
    }
}
