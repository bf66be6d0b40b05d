using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>What of SQLite is in the way of a run, and what only looks like it.</summary>
public sealed class SqliteObstacleTests : ConformanceTests<SqliteTestDatabase>
{
    private const string There = """
        CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT, initial AS (substr(name, 1, 1)));
        CREATE INDEX by_name ON agent (name);
        CREATE VIEW names AS SELECT name FROM agent;
        CREATE TRIGGER named AFTER INSERT ON agent BEGIN SELECT 1; END;
        """;

    [TestCase("CREATE TABLE Agent (id)", "table Agent")]
    [TestCase("CREATE TRIGGER named AFTER DELETE ON agent BEGIN SELECT 1; END", "trigger named")]
    [TestCase("ALTER TABLE agent ADD COLUMN NAME TEXT", "column agent.NAME")]
    [TestCase("ALTER TABLE agent ADD COLUMN initial TEXT", "column agent.initial")]
    public void What_the_database_has_already_is_named_however_it_is_spelled(
        string up,
        string names
    )
    {
        Execute(There);
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE first (id)"),
            MigrationsOf.Sql(2, "Two", up)
        );

        var verdict = Preview(catalog);
        var failure = Run(catalog, new UpRequest()).Failure;

        Assert.That(verdict, Is.TypeOf<RefusedException>());
        Assert.That(
            verdict!.Message,
            Does.StartWith("2_Two makes something").And.EndsWith($"in the way: {names}.")
        );
        Assert.That(failure, Is.TypeOf<RefusedException>());
        Assert.That(failure!.Message, Is.EqualTo(verdict.Message));
    }

    [TestCase("CREATE TEMP TABLE agent (id)")]
    [TestCase(
        "DROP TRIGGER named; DROP VIEW names; DROP TABLE agent; CREATE TABLE agent (name); CREATE INDEX by_name ON agent (name)"
    )]
    [TestCase(
        "DROP VIEW names; DROP TRIGGER named; DROP INDEX IF EXISTS by_name; CREATE TABLE by_name (id)"
    )]
    [TestCase(
        "CREATE TABLE child (a REFERENCES parent (id)); CREATE TABLE parent (id INTEGER PRIMARY KEY)"
    )]
    public void What_is_not_in_the_way_is_passed(string up)
    {
        Execute(There);
        var catalog = Sql(up);

        Assert.That(Preview(catalog), Is.Null);
        Succeed(catalog, new UpRequest());
    }

    private MigrateException? Preview(MigrationCatalog catalog) =>
        new DryRun(Database, catalog).Preview(new UpRequest(), NoWait).Verdict;
}
