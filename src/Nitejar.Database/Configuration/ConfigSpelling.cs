namespace Nitejar.Database.Configuration;

/// <summary>In which names a configuration holds the preset of permissions and the lifetime of tokens.</summary>
public enum ConfigSpelling
{
    /// <summary>As in <c>integrations</c>: <c>permissions_preset</c> and <c>token_ttl</c>.</summary>
    Integrations,

    /// <summary>As released Nitejar writes them into <c>plugin_instances</c>: <c>permissions.preset</c> and <c>tokenTTL</c>.</summary>
    PluginInstances,
}
