using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Rebuilding;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>FluentMigrator's own runner executes the same rebuild.</summary>
public sealed class StockRebuildTests : RebuildTests
{
    private static readonly TableRebuild Agents = new()
    {
        Table = "agents",
        Definition =
            "id TEXT PRIMARY KEY, \"na{0}me\" TEXT NOT NULL DEFAULT '$(x)', chief TEXT REFERENCES agents (id) ON DELETE CASCADE",
        Copy = ["id", ("na{0}me", "coalesce(\"na{0}me\", '{1}')"), "chief"],
    };

    private string Connection => $"Data Source={DatabaseFile};Pooling=False";

    [SetUp]
    public void AddAgents() =>
        Execute(
            """
            CREATE TABLE agents (id TEXT PRIMARY KEY, "na{0}me" TEXT, chief TEXT REFERENCES agents (id) ON DELETE CASCADE);
            CREATE TABLE skills (agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE);
            CREATE INDEX idx_agents ON agents ("na{0}me");
            CREATE TRIGGER on_agents AFTER DELETE ON agents BEGIN DELETE FROM skills; SELECT '{2}', '$(y)'; END;
            CREATE VIEW names AS SELECT "na{0}me" FROM agents;
            INSERT INTO agents VALUES ('a', 'A', NULL), ('b', NULL, 'a');
            INSERT INTO skills VALUES ('a'), ('b');
            """
        );

    [Test]
    public void Stock_makes_of_it_what_ours_makes()
    {
        var before = Dump();
        Stock(Connection + ";Foreign Keys=False", new RebuildsAgents());
        var stock = Dump();
        Assert.That(stock, Does.Contain("b|{1}|a").And.Contain("'{2}', '$(y)'"));
        Assert.That(Query("SELECT count(*) FROM skills JOIN names"), Is.EqualTo(new[] { "4" }));

        File.Delete(DatabaseFile);
        AddAgents();
        Assert.That(Dump(), Is.EqualTo(before));
        Succeed(new UpRequest(), Rebuilding(Agents));

        Assert.That(Dump(), Is.EqualTo(stock));
    }

    [Test]
    public void Where_stock_enforces_foreign_keys_it_is_refused_before_a_row_is_lost()
    {
        var before = Dump();

        Assert.That(
            () => Stock(Connection, new RebuildsAgents()),
            Throws.Exception.With.Message.Contains("Foreign Keys=False")
        );

        Assert.That(Dump(), Is.EqualTo(before));
    }

    [Test]
    public void Stock_without_a_connection_only_prints_it()
    {
        var before = Dump();

        Stock(connection: "", new RebuildsAgents());

        Assert.That(Dump(), Is.EqualTo(before));
    }

    private static void Stock(string connection, IMigration migration)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder => builder.AddSQLite().WithGlobalConnectionString(connection))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().Up(migration);
    }

    private sealed class RebuildsAgents : Migration
    {
        public override void Up() => Rebuild(this, Agents);

        public override void Down() => Rebuild(this, Agents);
    }
}
