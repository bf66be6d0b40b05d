using FluentMigrator;
using Nitejar.Migrations.Rebuilding;

namespace Nitejar.Migrations;

/// <summary>An agent's status is one of those that exist.</summary>
[Migration(20260301090000)]
public sealed class CheckedAgentStatus : Migration
{
    private const string Check = "CHECK (status IN ('idle', 'busy', 'offline'))";

    /// <inheritdoc />
    public override void Up()
    {
        // What is unknown becomes idle: a value that breaks the check would fail the migration.
        Rebuild(Check, "CASE WHEN status IN ('busy', 'offline') THEN status ELSE 'idle' END");
        IfDatabase(ProcessorIdConstants.PostgreSQL)
            .Execute.Sql(
                $"""
                UPDATE agents SET status = 'idle' WHERE status NOT IN ('idle', 'busy', 'offline');
                ALTER TABLE agents ADD CONSTRAINT ck_agents_status {Check};
                """
            );
    }

    /// <inheritdoc />
    public override void Down()
    {
        Rebuild(check: "", status: "status");
        IfDatabase(ProcessorIdConstants.PostgreSQL)
            .Execute.Sql("ALTER TABLE agents DROP CONSTRAINT ck_agents_status");
    }

    private void Rebuild(string check, string status) =>
        IfDatabase(ProcessorIdConstants.SQLite)
            .Execute.RebuildTable(
                new TableRebuild
                {
                    Table = "agents",
                    Definition = $"""
                    "id" TEXT NOT NULL,
                    "name" TEXT NOT NULL,
                    "sprite_id" TEXT,
                    "config" TEXT,
                    "status" TEXT NOT NULL DEFAULT 'idle' {check},
                    "created_at" INTEGER NOT NULL DEFAULT (unixepoch()),
                    "updated_at" INTEGER NOT NULL DEFAULT (unixepoch()),
                    CONSTRAINT "pk_agents" PRIMARY KEY ("id")
                    """,
                    Copy =
                    [
                        "id",
                        "name",
                        "sprite_id",
                        "config",
                        ("status", status),
                        "created_at",
                        "updated_at",
                    ],
                }
            );
}
