using FluentMigrator;
using Nitejar.Migrations.Preconditions;

namespace Nitejar.Migrations;

/// <summary>
/// Follows the rename that every released Nitejar has: integrations are instances of plugins. Only where its tag is chosen.
/// </summary>
[Migration(20260222000000)]
[Tags("plugin-instances")]
[MigrationTrait(
    "LosesData",
    "a plugin that integrations did not know keeps its name in the Down, and the next Up takes that for a legacy one"
)]
public sealed class PluginInstances : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        this.RefuseWhere(NitejarsOwnCutover.IsPending);

        Rename.Table("integrations").To("plugin_instances");
        Rename.Column("type").OnTable("plugin_instances").To("plugin_id");
        Rename.Column("config").OnTable("plugin_instances").To("config_json");
        Rename.Column("integration_id").OnTable("github_installations").To("plugin_instance_id");
        RenameIndex("integration_id", "plugin_instance_id");

        Execute.Sql(
            """
            UPDATE plugin_instances SET plugin_id = CASE plugin_id
                WHEN 'github' THEN 'builtin.github'
                WHEN 'telegram' THEN 'builtin.telegram'
                ELSE 'legacy.' || plugin_id
            END
            """
        );
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql(
            """
            UPDATE plugin_instances SET plugin_id = CASE plugin_id
                WHEN 'builtin.github' THEN 'github'
                WHEN 'builtin.telegram' THEN 'telegram'
                ELSE substr(plugin_id, 8)
            END
            WHERE plugin_id IN ('builtin.github', 'builtin.telegram') OR substr(plugin_id, 1, 7) = 'legacy.'
            """
        );

        Rename.Column("plugin_instance_id").OnTable("github_installations").To("integration_id");
        RenameIndex("plugin_instance_id", "integration_id");
        Rename.Column("config_json").OnTable("plugin_instances").To("config");
        Rename.Column("plugin_id").OnTable("plugin_instances").To("type");
        Rename.Table("plugin_instances").To("integrations");
    }

    /// <summary>
    /// SQLite cannot rename an index. Databases that Nitejar's own migrations made have none, and get one.
    /// </summary>
    private void RenameIndex(string from, string to)
    {
        var (old, renamed) = ($"idx_github_installations_{from}", $"idx_github_installations_{to}");
        IfDatabase(ProcessorIdConstants.SQLite)
            .Execute.Sql(
                $"""
                DROP INDEX IF EXISTS "{old}";
                CREATE INDEX "{renamed}" ON "github_installations" ("{to}" ASC);
                """
            );
        IfDatabase(ProcessorIdConstants.PostgreSQL)
            .Execute.Sql($"""ALTER INDEX "{old}" RENAME TO "{renamed}";""");
    }
}
