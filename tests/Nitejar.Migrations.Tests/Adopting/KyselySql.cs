namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>
/// What Nitejar's own migrations leave in SQLite, reduced to the tables that touch ours: keys that may be NULL, unnamed
/// foreign keys, UNIQUE of names without an index, a handle, and no index on the parent of an installation.
/// </summary>
internal static class KyselySql
{
    /// <summary>From before the first publication: a table integrations.</summary>
    public const string Legacy = """
        CREATE TABLE kysely_migration (name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL);
        CREATE TABLE kysely_migration_lock (id varchar(255) NOT NULL PRIMARY KEY, is_locked integer DEFAULT 0 NOT NULL);
        INSERT INTO kysely_migration VALUES
            ('20260203_000001_initial_schema', '2026-03-01T10:00:00.000Z'),
            ('20260204_210000_github_integration', '2026-03-01T10:00:00.000Z');
        INSERT INTO kysely_migration_lock VALUES ('migration_lock', 0);

        CREATE TABLE agents (
            id text PRIMARY KEY,
            name text NOT NULL UNIQUE,
            sprite_id text,
            config text,
            status text DEFAULT 'idle' NOT NULL,
            created_at integer DEFAULT (unixepoch()) NOT NULL,
            updated_at integer DEFAULT (unixepoch()) NOT NULL,
            handle text
        );
        CREATE UNIQUE INDEX idx_agents_handle ON agents (handle);

        CREATE TABLE integrations (
            id text PRIMARY KEY,
            type text NOT NULL,
            name text NOT NULL,
            config text,
            scope text DEFAULT 'global' NOT NULL,
            enabled integer DEFAULT 1 NOT NULL,
            created_at integer DEFAULT (unixepoch()) NOT NULL,
            updated_at integer DEFAULT (unixepoch()) NOT NULL
        );

        CREATE TABLE github_installations (
            id integer PRIMARY KEY AUTOINCREMENT,
            installation_id integer NOT NULL,
            account_login text,
            account_id integer,
            integration_id text NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
            created_at integer DEFAULT (unixepoch()) NOT NULL,
            updated_at integer DEFAULT (unixepoch()) NOT NULL
        );
        CREATE UNIQUE INDEX idx_github_installations_installation_id ON github_installations (installation_id);

        CREATE TABLE github_repos (
            id integer PRIMARY KEY AUTOINCREMENT,
            repo_id integer NOT NULL,
            full_name text NOT NULL,
            html_url text,
            installation_id integer NOT NULL REFERENCES github_installations (id) ON DELETE CASCADE,
            created_at integer DEFAULT (unixepoch()) NOT NULL,
            updated_at integer DEFAULT (unixepoch()) NOT NULL
        );
        CREATE UNIQUE INDEX idx_github_repos_repo_id ON github_repos (repo_id);
        CREATE INDEX idx_github_repos_installation_id ON github_repos (installation_id);

        CREATE TABLE agent_repo_capabilities (
            agent_id text NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            github_repo_id integer NOT NULL REFERENCES github_repos (id) ON DELETE CASCADE,
            capabilities text DEFAULT '[]' NOT NULL,
            CONSTRAINT agent_repo_capabilities_pk PRIMARY KEY (agent_id, github_repo_id)
        );
        CREATE INDEX idx_agent_repo_capabilities_agent ON agent_repo_capabilities (agent_id);
        CREATE INDEX idx_agent_repo_capabilities_repo ON agent_repo_capabilities (github_repo_id);

        INSERT INTO agents (id, name, handle) VALUES ('a1', 'Ada', 'ada'), ('a2', 'Grace', 'grace');
        INSERT INTO integrations (id, type, name, config) VALUES ('p1', 'github', 'GitHub', '{"appId":"1"}');
        INSERT INTO github_installations (installation_id, account_login, integration_id) VALUES (9000001, 'acme', 'p1');
        INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (3000000001, 'acme/site', 1);
        INSERT INTO agent_repo_capabilities VALUES ('a1', 1, '["read_repo"]');
        """;

    /// <summary>Every published release: instances of plugins, and a table of another owner that refers to ours.</summary>
    public static string Released { get; } =
        Legacy
            .Replace("integrations (", "plugin_instances (", StringComparison.Ordinal)
            .Replace("integration_id text", "plugin_instance_id text", StringComparison.Ordinal)
            .Replace(
                "account_login, integration_id",
                "account_login, plugin_instance_id",
                StringComparison.Ordinal
            )
            .Replace(
                "    type text NOT NULL",
                "    plugin_id text NOT NULL",
                StringComparison.Ordinal
            )
            .Replace(
                "    name text NOT NULL,\n    config text,\n    scope",
                "    name text NOT NULL,\n    config_json text,\n    scope",
                StringComparison.Ordinal
            )
            .Replace(
                "(id, type, name, config) VALUES ('p1', 'github'",
                "(id, plugin_id, name, config_json) VALUES ('p1', 'builtin.github'",
                StringComparison.Ordinal
            )
        + """

            CREATE TABLE roles (id text PRIMARY KEY, name text NOT NULL);
            CREATE TABLE role_github_repo_capabilities (
                role_id text NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
                github_repo_id integer NOT NULL REFERENCES github_repos (id) ON DELETE CASCADE,
                PRIMARY KEY (role_id, github_repo_id)
            );
            """;

    /// <summary>What Nitejar's own cutover leaves: a parent that may be NULL and has no foreign key, times without defaults.</summary>
    public static string CutOver { get; } =
        Released
            .Replace(
                "plugin_instance_id text NOT NULL REFERENCES plugin_instances (id) ON DELETE CASCADE",
                "plugin_instance_id TEXT",
                StringComparison.Ordinal
            )
            .Replace(
                "    enabled integer DEFAULT 1 NOT NULL,\n    created_at integer DEFAULT (unixepoch()) NOT NULL,\n    updated_at integer DEFAULT (unixepoch()) NOT NULL",
                "    enabled integer DEFAULT 1 NOT NULL,\n    created_at INTEGER NOT NULL,\n    updated_at INTEGER NOT NULL",
                StringComparison.Ordinal
            )
            .Replace(
                "config_json) VALUES ('p1', 'builtin.github', 'GitHub', '{\"appId\":\"1\"}')",
                "config_json, created_at, updated_at) VALUES ('p1', 'builtin.github', 'GitHub', '{\"appId\":\"1\"}', 1, 1)",
                StringComparison.Ordinal
            ) + CutoverState("completed");

    /// <summary>What only Nitejar's own cutover may move.</summary>
    public const string BeforeCutover =
        Legacy
        + """

            CREATE TABLE agent_integrations (
                agent_id text NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
                integration_id text NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
                PRIMARY KEY (agent_id, integration_id)
            );
            """;

    /// <summary>What Nitejar's own cutover says of itself.</summary>
    public static string CutoverState(string status) =>
        $"""

            CREATE TABLE plugin_instance_cutover_state (id TEXT PRIMARY KEY, status TEXT NOT NULL);
            INSERT INTO plugin_instance_cutover_state VALUES ('integrations_to_plugin_instances', '{status}');
            """;
}
