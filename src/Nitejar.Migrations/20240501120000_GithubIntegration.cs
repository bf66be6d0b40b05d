using System.Data;
using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>GitHub App installations, the repositories they reach, and what each agent may do in them.</summary>
[Migration(20240501120000)]
public sealed class GithubIntegration : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        // csharpier-ignore
        Create.Table("github_installations")
            .WithColumn("id").AsInt32().NotNullable().PrimaryKey("pk_github_installations").Identity()
            .WithColumn("installation_id").AsInt32().NotNullable()
            .WithColumn("account_login").AsString().Nullable()
            .WithColumn("account_id").AsInt32().Nullable()
            .WithColumn("integration_id").AsString().NotNullable()
                .ForeignKey("fk_github_installations_integration_id", "integrations", "id").OnDelete(Rule.Cascade)
            .WithEpochTimestamps(this);

        // csharpier-ignore
        Create.Index("idx_github_installations_installation_id")
            .OnTable("github_installations").OnColumn("installation_id").Unique();

        // csharpier-ignore
        Create.Index("idx_github_installations_integration_id")
            .OnTable("github_installations").OnColumn("integration_id");

        // csharpier-ignore
        Create.Table("github_repos")
            .WithColumn("id").AsInt32().NotNullable().PrimaryKey("pk_github_repos").Identity()
            .WithColumn("repo_id").AsInt32().NotNullable()
            .WithColumn("full_name").AsString().NotNullable()
            .WithColumn("html_url").AsString().Nullable()
            .WithColumn("installation_id").AsInt32().NotNullable()
                .ForeignKey("fk_github_repos_installation_id", "github_installations", "id").OnDelete(Rule.Cascade)
            .WithEpochTimestamps(this);

        // csharpier-ignore
        Create.Index("idx_github_repos_repo_id")
            .OnTable("github_repos").OnColumn("repo_id").Unique();

        // csharpier-ignore
        Create.Index("idx_github_repos_installation_id")
            .OnTable("github_repos").OnColumn("installation_id");

        // The primary key starts with agent_id, so that foreign key needs no index of its own.
        // csharpier-ignore
        Create.Table("agent_repo_capabilities")
            .WithColumn("agent_id").AsString().NotNullable().PrimaryKey("pk_agent_repo_capabilities")
                .ForeignKey("fk_agent_repo_capabilities_agent_id", "agents", "id").OnDelete(Rule.Cascade)
            .WithColumn("github_repo_id").AsInt32().NotNullable().PrimaryKey("pk_agent_repo_capabilities")
                .ForeignKey("fk_agent_repo_capabilities_github_repo_id", "github_repos", "id").OnDelete(Rule.Cascade)
            .WithColumn("capabilities").AsString().NotNullable().WithDefaultValue("[]");

        // csharpier-ignore
        Create.Index("idx_agent_repo_capabilities_repo")
            .OnTable("agent_repo_capabilities").OnColumn("github_repo_id");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Delete.Table("agent_repo_capabilities");
        Delete.Table("github_repos");
        Delete.Table("github_installations");
    }
}
