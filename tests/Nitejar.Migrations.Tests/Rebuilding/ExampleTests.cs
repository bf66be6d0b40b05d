using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Postgres;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>The migration in docs/rebuilding-tables.md is the one beside this file, and does what the document says.</summary>
public sealed class ExampleTests : RebuildTests
{
    private static readonly KnownMigration Example = new(
        new MigrationId(20260301090000, nameof(CheckedAgentStatus)),
        new FluentMigrator.MigrationAttribute(20260301090000),
        () => new CheckedAgentStatus()
    );

    private static readonly KnownMigration[] Catalog =
    [
        .. MigrationCatalog.From(MigrationIndex.All).All,
        Example,
    ];

    [Test]
    public void The_document_shows_this_migration()
    {
        var document = File.ReadAllText(Repository("docs", "rebuilding-tables.md"));
        var source = File.ReadAllText(
            Repository("tests", "Nitejar.Migrations.Tests", "Rebuilding", "Example.cs")
        );

        Assert.That(document.Split("```csharp\n")[1].Split("```")[0], Is.EqualTo(source));
    }

    [Test]
    public void It_goes_up_and_down_with_every_row()
    {
        Succeed(new UpRequest(), Catalog[..^1]);
        Execute(
            """
            INSERT INTO integrations (id, type, name) VALUES ('i', 'github', 'GitHub');
            INSERT INTO github_installations (installation_id, integration_id) VALUES (1, 'i');
            INSERT INTO github_repos (repo_id, full_name, installation_id) VALUES (5, 'o/r', 1);
            INSERT INTO agents (id, name, status) VALUES ('a', 'Ann', 'busy'), ('b', 'Bob', 'lost');
            INSERT INTO agent_repo_capabilities (agent_id, github_repo_id) VALUES ('a', 1), ('b', 1);
            """
        );
        var before = Dump();

        Succeed(new UpRequest(), Catalog);

        Assert.That(Query("SELECT status FROM agents"), Is.EqualTo(new[] { "busy", "idle" }));
        Assert.That(
            () => Execute("UPDATE agents SET status = 'lost'"),
            Throws.Exception.With.Message.Contains("CHECK constraint failed")
        );

        Succeed(new DownRequest(), Catalog[..^1]);
        Execute("UPDATE agents SET status = 'lost' WHERE id = 'b'");

        Assert.That(Words(Dump()), Is.EqualTo(Words(before)));
    }

    [Test]
    public void PostgreSQL_alters_in_place()
    {
        var up = new MigrationCompiler(PostgresDriver.Instance).Compile(
            Example,
            Direction.Up,
            schema: null
        );

        Assert.That(up.Sql, Does.Contain("ADD CONSTRAINT ck_agents_status CHECK"));
        Assert.That(up.Sql, Does.Not.Contain("PRAGMA"));
    }

    /// <summary>The schema but for white space and for how FluentMigrator spells the same.</summary>
    private static string Words(string dump) =>
        string.Concat(dump.Where(c => !char.IsWhiteSpace(c)));

    private static string Repository(params string[] parts)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nitejar.Migrations.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine([folder, .. parts]);
    }
}
