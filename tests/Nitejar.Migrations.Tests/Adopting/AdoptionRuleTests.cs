using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>Each cell of the rule for what a database contains, as a change of one that is contained.</summary>
public sealed class AdoptionRuleTests
{
    private const string Capabilities = "agent_repo_capabilities";
    private const string MissingCapabilities = "DROP TABLE agent_repo_capabilities;";
    private const string RepoIndex =
        "CREATE UNIQUE INDEX idx_github_repos_repo_id ON github_repos (repo_id);";
    private const string InstallationIndex =
        "CREATE INDEX idx_github_repos_installation_id ON github_repos (installation_id);";
    private const string Parent = "REFERENCES integrations (id) ON DELETE CASCADE";
    private const string Handle = "    handle text\n";
    private const string Now = "DEFAULT (unixepoch())";

    /// <summary>Cell, what is replaced, by what (or what is executed in addition), and the points that come of it.</summary>
    private static readonly TestCaseData[] Cells =
    [
        // Tables.
        Equal("table, name in another case", "CREATE TABLE agents (", "CREATE TABLE AGENTS ("),
        With(
            "table, a trigger",
            "CREATE TRIGGER t AFTER INSERT ON agents BEGIN SELECT 1; END;",
            "note: trigger t"
        ),
        With(
            "table, a row without its parent",
            "INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (7, 'x', 99);",
            "note: foreign key github_repos(installation_id)"
        ),
        Case(
            "table, WITHOUT ROWID",
            "CONSTRAINT agent_repo_capabilities_pk PRIMARY KEY (agent_id, github_repo_id)\n)",
            "PRIMARY KEY (agent_id, github_repo_id)\n) WITHOUT ROWID",
            "note: table agent_repo_capabilities"
        ),
        Case(
            "table, STRICT",
            "CONSTRAINT agent_repo_capabilities_pk PRIMARY KEY (agent_id, github_repo_id)\n)",
            "PRIMARY KEY (agent_id, github_repo_id)\n) STRICT",
            "note: table agent_repo_capabilities"
        ),
        With(
            "table, a view",
            MissingCapabilities + $"CREATE VIEW {Capabilities} AS SELECT 1 AS a;",
            $"refused: table {Capabilities}"
        ),
        With(
            "table, a virtual table",
            MissingCapabilities + $"CREATE VIRTUAL TABLE {Capabilities} USING fts5(a);",
            $"refused: table {Capabilities}"
        ),
        With("table, missing", MissingCapabilities, $"refused: table {Capabilities}"),
        // Columns.
        Equal("column, BIGINT", "repo_id integer NOT NULL", "repo_id BIGINT NOT NULL"),
        Equal("column, VARCHAR(255)", "full_name text", "full_name VARCHAR(255)"),
        Equal("column, name in another case", "full_name text", "FULL_NAME text"),
        Case(
            "column, another collation",
            "full_name text",
            "full_name text COLLATE NOCASE",
            "note: column github_repos.full_name"
        ),
        Case(
            "column, another affinity",
            "account_id integer",
            "account_id text",
            "refused: column github_installations.account_id"
        ),
        Case(
            "column, generated",
            "html_url text",
            "html_url text AS (full_name)",
            "refused: column github_repos.html_url"
        ),
        Case("column, missing", "    sprite_id text,\n", "", "refused: column agents.sprite_id"),
        With(
            "column, a collation of the application's own",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '    id text', '    id text COLLATE ours') WHERE name = 'agents';",
            "note: column agents.id",
            "refused: primary key of agents"
        ),
        // Nullability.
        Equal(
            "nullability, a rowid alias",
            "id integer PRIMARY KEY AUTOINCREMENT",
            "id integer NOT NULL PRIMARY KEY AUTOINCREMENT"
        ),
        Equal(
            "nullability, a key with NOT NULL",
            "CREATE TABLE agents (\n    id text PRIMARY KEY",
            "CREATE TABLE agents (\n    id text NOT NULL PRIMARY KEY"
        ),
        With(
            "nullability, a key that holds NULL",
            "INSERT INTO agents (id, name) VALUES (NULL, 'x');",
            "refused: column agents.id"
        ),
        Case(
            "nullability, NULL allowed",
            "full_name text NOT NULL",
            "full_name text",
            "refused: column github_repos.full_name"
        ),
        Case(
            "nullability, NOT NULL",
            "html_url text",
            "html_url text NOT NULL DEFAULT ''",
            "refused: column github_repos.html_url",
            "note: column github_repos.html_url"
        ),
        Case(
            "nullability, rows dropped for NULL",
            "full_name text NOT NULL",
            "full_name text NOT NULL ON CONFLICT IGNORE",
            "refused: column github_repos.full_name"
        ),
        // Defaults.
        Equal("default, parentheses", "DEFAULT 'idle'", "DEFAULT (('idle'))"),
        Equal("default, a cast", "DEFAULT 1 NOT NULL", "DEFAULT (CAST('1' AS INTEGER)) NOT NULL"),
        Equal("default, a text of the number", "DEFAULT 1 NOT NULL", "DEFAULT '1' NOT NULL"),
        Equal("default, case of the function", Now, "DEFAULT (UNIXEPOCH())"),
        Case(
            "default, another way to the epoch",
            $"full_name text NOT NULL,\n    html_url text,\n    installation_id integer NOT NULL REFERENCES github_installations (id) ON DELETE CASCADE,\n    created_at integer {Now}",
            "full_name text NOT NULL,\n    html_url text,\n    installation_id integer NOT NULL REFERENCES github_installations (id) ON DELETE CASCADE,\n    created_at integer DEFAULT (strftime('%s', 'now'))",
            "note: column github_repos.created_at"
        ),
        Case(
            "default, of a column without one",
            "html_url text",
            "html_url text DEFAULT ''",
            "note: column github_repos.html_url"
        ),
        Case(
            "default, missing",
            "capabilities text DEFAULT '[]' NOT NULL",
            "capabilities text NOT NULL",
            "refused: column agent_repo_capabilities.capabilities"
        ),
        Case(
            "default, another constant",
            "DEFAULT 'idle'",
            "DEFAULT 'busy'",
            "refused: column agents.status"
        ),
        Case(
            "default, milliseconds",
            $"scope text DEFAULT 'global' NOT NULL,\n    enabled integer DEFAULT 1 NOT NULL,\n    created_at integer {Now}",
            "scope text DEFAULT 'global' NOT NULL,\n    enabled integer DEFAULT 1 NOT NULL,\n    created_at integer DEFAULT (unixepoch() * 1000)",
            "refused: column integrations.created_at"
        ),
        Case(
            "default, a constant time",
            $"scope text DEFAULT 'global' NOT NULL,\n    enabled integer DEFAULT 1 NOT NULL,\n    created_at integer {Now}",
            "scope text DEFAULT 'global' NOT NULL,\n    enabled integer DEFAULT 1 NOT NULL,\n    created_at integer DEFAULT 1700000000",
            "refused: column integrations.created_at"
        ),
        // Further columns.
        With(
            "further column, with a default",
            "ALTER TABLE agents ADD COLUMN colour text NOT NULL DEFAULT 'red';"
        ),
        Case(
            "further column, required",
            Handle,
            "    handle text NOT NULL\n",
            "refused: column agents.handle",
            "refused: unique agents(handle)"
        ),
        // Primary keys.
        Case(
            "key, another order",
            "PRIMARY KEY (agent_id, github_repo_id)",
            "PRIMARY KEY (github_repo_id, agent_id)",
            "note: primary key of agent_repo_capabilities"
        ),
        Case(
            "key, no AUTOINCREMENT",
            "CREATE TABLE github_repos (\n    id integer PRIMARY KEY AUTOINCREMENT",
            "CREATE TABLE github_repos (\n    id integer PRIMARY KEY",
            "note: primary key of github_repos"
        ),
        Case(
            "key, other columns",
            "PRIMARY KEY (agent_id, github_repo_id)",
            "PRIMARY KEY (agent_id)",
            "refused: primary key of agent_repo_capabilities"
        ),
        Case(
            "key, INT PRIMARY KEY",
            "CREATE TABLE github_repos (\n    id integer PRIMARY KEY AUTOINCREMENT",
            "CREATE TABLE github_repos (\n    id INT PRIMARY KEY",
            "refused: primary key of github_repos",
            "refused: column github_repos.id",
            "note: foreign key agent_repo_capabilities(github_repo_id)"
        ),
        // What is unique.
        Equal(
            "unique, a constraint",
            RepoIndex,
            "CREATE UNIQUE INDEX other ON github_repos (repo_id);"
        ),
        Case("unique, missing", RepoIndex, "", "refused: unique github_repos(repo_id)"),
        Case(
            "unique, partial",
            RepoIndex,
            "CREATE UNIQUE INDEX r ON github_repos (repo_id) WHERE repo_id > 0;",
            "refused: unique github_repos(repo_id)"
        ),
        Case(
            "unique, of an expression",
            RepoIndex,
            "CREATE UNIQUE INDEX r ON github_repos (abs(repo_id));",
            "refused: unique github_repos(repo_id)",
            "refused: unique github_repos()"
        ),
        Case(
            "unique, another collation",
            "name text NOT NULL UNIQUE",
            "name text NOT NULL COLLATE NOCASE UNIQUE",
            "note: column agents.name",
            "refused: unique agents(name)"
        ),
        Case(
            "unique, rows replaced",
            "name text NOT NULL UNIQUE",
            "name text NOT NULL UNIQUE ON CONFLICT REPLACE",
            "refused: unique agents(name)"
        ),
        // Further constraints.
        Equal(
            "further CHECK, over a further column",
            Handle,
            "    handle text CHECK (length(handle) < 40)\n"
        ),
        Equal(
            "further foreign key, over a further column",
            Handle,
            "    handle text REFERENCES kysely_migration (name)\n"
        ),
        With(
            "further UNIQUE, with a further column",
            "CREATE UNIQUE INDEX u ON agents (status, handle);"
        ),
        With(
            "further UNIQUE, over ours",
            "CREATE UNIQUE INDEX u ON github_repos (full_name);",
            "refused: unique github_repos(full_name)"
        ),
        Case(
            "further UNIQUE, with a constant default",
            Handle,
            "    handle text NOT NULL DEFAULT ''\n",
            "refused: unique agents(handle)"
        ),
        Case(
            "further CHECK, over ours",
            "full_name text NOT NULL",
            "full_name text NOT NULL CHECK (full_name <> '')",
            "refused: check of github_repos"
        ),
        Case(
            "further foreign key, over ours",
            "sprite_id text",
            "sprite_id text REFERENCES kysely_migration (name)",
            "refused: foreign key agents(sprite_id)"
        ),
        // Foreign keys.
        Equal(
            "foreign key, parent's columns omitted",
            "REFERENCES agents (id)",
            "REFERENCES agents"
        ),
        Equal("foreign key, ON UPDATE RESTRICT", Parent, Parent + " ON UPDATE RESTRICT"),
        Case(
            "foreign key, deferrable",
            Parent,
            Parent + " DEFERRABLE INITIALLY DEFERRED",
            "note: foreign key github_installations(integration_id)"
        ),
        Case(
            "foreign key, missing",
            Parent,
            "",
            "refused: foreign key github_installations(integration_id)"
        ),
        Case(
            "foreign key, another parent",
            Parent,
            "REFERENCES agents (id) ON DELETE CASCADE",
            "refused: foreign key github_installations(integration_id)"
        ),
        Case(
            "foreign key, another action",
            Parent,
            "REFERENCES integrations (id) ON DELETE RESTRICT",
            "refused: foreign key github_installations(integration_id)"
        ),
        Case(
            "foreign key, another action on update",
            Parent,
            Parent + " ON UPDATE CASCADE",
            "refused: foreign key github_installations(integration_id)"
        ),
        // Plain indexes.
        With("index, further ones", "CREATE INDEX i ON github_repos (full_name);"),
        Equal(
            "index, another name",
            InstallationIndex,
            "CREATE INDEX i ON github_repos (installation_id, id);"
        ),
        Case(
            "index, missing",
            InstallationIndex,
            "",
            "note: index idx_github_repos_installation_id"
        ),
        Case(
            "index, our name on other columns",
            InstallationIndex,
            "CREATE INDEX idx_github_repos_installation_id ON github_repos (full_name);",
            "note: index idx_github_repos_installation_id",
            "refused: index idx_github_repos_installation_id"
        ),
        Case(
            "index, our name on another table",
            InstallationIndex,
            "CREATE INDEX idx_github_repos_installation_id ON agents (status);",
            "note: index idx_github_repos_installation_id",
            "refused: index idx_github_repos_installation_id"
        ),
        // Other owners.
        With(
            "another owner's foreign key to ours",
            "CREATE TABLE other (agent text REFERENCES agents (id));",
            "note: foreign key other(agent)"
        ),
    ];

    [TestCaseSource(nameof(Cells))]
    public void A_cell_of_the_rule(string replaced, string by, string[] points)
    {
        var sql = replaced.Length == 0 ? KyselySql.Legacy + by : Replace(replaced, by);
        using var database = new KyselyDatabase(sql);

        var preview = database.Preview(new AdoptRequest());

        Assert.That(
            preview
                .AdoptionPoints.Where(point =>
                    point.Subject != "index idx_github_installations_integration_id"
                )
                .Select(point =>
                    $"{(point.Level == PointLevel.Note ? "note" : "refused")}: {point.Subject}"
                ),
            Is.EquivalentTo(points)
        );
        Assert.That(
            preview.Verdict,
            points.Any(point => point.StartsWith("refused", StringComparison.Ordinal))
                ? Is.InstanceOf<RefusedException>()
                : Is.Null
        );
        Assert.That(preview.Steps, Has.Count.EqualTo(preview.Verdict is null ? 2 : 0));
    }

    private static string Replace(string replaced, string by)
    {
        var sql = KyselySql.Legacy.Replace(replaced, by, StringComparison.Ordinal);
        Assert.That(sql, Is.Not.EqualTo(KyselySql.Legacy), "the fixture has changed");
        return sql;
    }

    private static TestCaseData Equal(string cell, string replaced, string by) =>
        Case(cell, replaced, by);

    private static TestCaseData With(string cell, string sql, params string[] points) =>
        Case(cell, "", sql, points);

    private static TestCaseData Case(
        string cell,
        string replaced,
        string by,
        params string[] points
    ) => new TestCaseData(replaced, by, points).SetArgDisplayNames(cell);
}
