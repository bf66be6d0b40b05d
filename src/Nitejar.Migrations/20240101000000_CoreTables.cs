using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>The two parents that the GitHub tables refer to, for databases that start here.</summary>
[Migration(20240101000000)]
public sealed class CoreTables : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        // csharpier-ignore
        Create.Table("integrations")
            .WithColumn("id").AsString().NotNullable().PrimaryKey("pk_integrations")
            .WithColumn("type").AsString().NotNullable()
            .WithColumn("name").AsString().NotNullable()
            .WithColumn("config").AsString().Nullable()
            .WithColumn("scope").AsString().NotNullable().WithDefaultValue("global")
            .WithColumn("enabled").AsInt32().NotNullable().WithDefaultValue(1)
            .WithEpochTimestamps(this);

        // csharpier-ignore
        Create.Table("agents")
            .WithColumn("id").AsString().NotNullable().PrimaryKey("pk_agents")
            .WithColumn("name").AsString().NotNullable()
            .WithColumn("sprite_id").AsString().Nullable()
            .WithColumn("config").AsString().Nullable()
            .WithColumn("status").AsString().NotNullable().WithDefaultValue("idle")
            .WithEpochTimestamps(this);

        Create.Index("idx_agents_name").OnTable("agents").OnColumn("name").Unique();
    }

    /// <inheritdoc />
    public override void Down()
    {
        Delete.Table("agents");
        Delete.Table("integrations");
    }
}
