using System.Collections.Concurrent;
using LinqToDB;
using LinqToDB.Mapping;

namespace Nitejar.Database.Mapping;

/// <summary>Which property is which column. The migrated database is compared with this in tests.</summary>
internal static class NitejarMapping
{
    /// <summary>One of each for the process, since linq2db keeps compiled queries by them.</summary>
    private static readonly ConcurrentDictionary<(Layout, IntegerRange), MappingSchema> Schemas =
        new();

    /// <summary>The mapping for a database with these names and integers.</summary>
    public static MappingSchema Of(Layout layout, IntegerRange integers) =>
        Schemas.GetOrAdd((layout, integers), _ => Build(layout, integers));

    private static MappingSchema Build(Layout layout, IntegerRange integers)
    {
        var builder = new FluentMappingBuilder(new MappingSchema($"Nitejar, {layout}, {integers}"));
        var conversions = new Conversions(integers);
        MapIntegration(builder.Entity<Integration>(), conversions);
        MapPluginInstance(builder.Entity<PluginInstance>(), conversions);
        MapAgent(builder.Entity<Agent>(), layout, conversions);
        MapInstallation(builder.Entity<GithubInstallation>(), layout, conversions);
        MapRepo(builder.Entity<GithubRepo>(), conversions);
        MapCapability(builder.Entity<AgentRepoCapability>(), conversions);
        return builder.Build().MappingSchema;
    }

    private static void MapIntegration(
        EntityMappingBuilder<Integration> row,
        Conversions conversions
    )
    {
        row.HasTableName(Names.Integrations.Table);
        row.Text(r => r.Id, Names.Integrations.Id).IsPrimaryKey();
        row.Text(r => r.Type, Names.Integrations.Type);
        row.Text(r => r.Name, Names.Integrations.Name);
        row.OptionalText(r => r.Config, Names.Integrations.Config);
        row.Text(r => r.Scope, Names.Integrations.Scope);
        row.Flag(r => r.Enabled, Names.Integrations.Enabled);
        row.Epoch(r => r.CreatedAt, Names.CreatedAt, conversions.Times);
        row.Epoch(r => r.UpdatedAt, Names.UpdatedAt, conversions.Times);
    }

    private static void MapPluginInstance(
        EntityMappingBuilder<PluginInstance> row,
        Conversions conversions
    )
    {
        row.HasTableName(Names.PluginInstances.Table);
        row.Text(r => r.Id, Names.PluginInstances.Id).IsPrimaryKey();
        row.Text(r => r.PluginId, Names.PluginInstances.PluginId);
        row.Text(r => r.Name, Names.PluginInstances.Name);
        row.OptionalText(r => r.Config, Names.PluginInstances.Config);
        row.Text(r => r.Scope, Names.PluginInstances.Scope);
        row.Flag(r => r.Enabled, Names.PluginInstances.Enabled);
        row.Epoch(r => r.CreatedAt, Names.CreatedAt, conversions.Times);
        row.Epoch(r => r.UpdatedAt, Names.UpdatedAt, conversions.Times);
    }

    private static void MapAgent(
        EntityMappingBuilder<Agent> row,
        Layout layout,
        Conversions conversions
    )
    {
        row.HasTableName(Names.Agents.Table);
        row.Text(r => r.Id, Names.Agents.Id).IsPrimaryKey();
        row.Text(r => r.Name, Names.Agents.Name);
        row.OptionalText(r => r.SpriteId, Names.Agents.SpriteId);
        row.OptionalText(r => r.Config, Names.Agents.Config);
        row.Text(r => r.Status, Names.Agents.Status);
        if (layout.HasAgentHandles)
            row.OptionalText(r => r.Handle, Names.Agents.Handle);
        else
            row.Property(r => r.Handle).IsNotColumn();

        row.Epoch(r => r.CreatedAt, Names.CreatedAt, conversions.Times);
        row.Epoch(r => r.UpdatedAt, Names.UpdatedAt, conversions.Times);
    }

    private static void MapInstallation(
        EntityMappingBuilder<GithubInstallation> row,
        Layout layout,
        Conversions conversions
    )
    {
        row.HasTableName(Names.GithubInstallations.Table);
        row.Surrogate(r => r.Id, Names.GithubInstallations.Id, conversions.InstallationKeys);
        row.Number(
            r => r.InstallationId,
            Names.GithubInstallations.InstallationId,
            conversions.Installations
        );
        row.OptionalText(r => r.AccountLogin, Names.GithubInstallations.AccountLogin);
        row.OptionalNumber(
            r => r.AccountId,
            Names.GithubInstallations.AccountId,
            conversions.Accounts
        );
        row.Text(r => r.IntegrationId, layout.IntegrationColumn);
        row.Epoch(r => r.CreatedAt, Names.CreatedAt, conversions.Times);
        row.Epoch(r => r.UpdatedAt, Names.UpdatedAt, conversions.Times);
    }

    private static void MapRepo(EntityMappingBuilder<GithubRepo> row, Conversions conversions)
    {
        row.HasTableName(Names.GithubRepos.Table);
        row.Surrogate(r => r.Id, Names.GithubRepos.Id, conversions.RepoKeys);
        row.Number(r => r.RepoId, Names.GithubRepos.RepoId, conversions.Repos);
        row.Text(r => r.FullName, Names.GithubRepos.FullName);
        row.OptionalText(r => r.HtmlUrl, Names.GithubRepos.HtmlUrl);
        row.Number(
            r => r.InstallationId,
            Names.GithubRepos.InstallationId,
            conversions.InstallationKeys
        );
        row.Epoch(r => r.CreatedAt, Names.CreatedAt, conversions.Times);
        row.Epoch(r => r.UpdatedAt, Names.UpdatedAt, conversions.Times);
    }

    private static void MapCapability(
        EntityMappingBuilder<AgentRepoCapability> row,
        Conversions conversions
    )
    {
        row.HasTableName(Names.AgentRepoCapabilities.Table);
        row.Text(r => r.AgentId, Names.AgentRepoCapabilities.AgentId).IsPrimaryKey(0);
        row.Number(
                r => r.GithubRepoId,
                Names.AgentRepoCapabilities.GithubRepoId,
                conversions.RepoKeys
            )
            .IsPrimaryKey(1);
        row.Property(r => r.Capabilities)
            .HasColumnName(Names.AgentRepoCapabilities.Capabilities)
            .HasDataType(DataType.Text)
            .IsNotNull()
            .HasConversion(set => CapabilitiesJson.Write(set), json => CapabilitiesJson.Read(json));
    }
}
