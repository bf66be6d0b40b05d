using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>A dry run says what a run would, and names everything that is in the way.</summary>
public sealed class ObstacleTests : ConformanceTests<SqliteTestDatabase>
{
    private const string There = """
        CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT, initial AS (substr(name, 1, 1)));
        CREATE INDEX by_name ON agent (name);
        CREATE VIEW names AS SELECT name FROM agent;
        CREATE TRIGGER named AFTER INSERT ON agent BEGIN SELECT 1; END;
        """;

    [TestCase("CREATE TABLE Agent (id)", "table Agent")]
    [TestCase("CREATE TABLE \"by_name\" (id)", "table by_name")]
    [TestCase("CREATE UNIQUE INDEX by_name ON agent (id)", "index by_name")]
    [TestCase("CREATE VIEW names AS SELECT 1", "view names")]
    [TestCase("CREATE TRIGGER named AFTER DELETE ON agent BEGIN SELECT 1; END", "trigger named")]
    [TestCase("ALTER TABLE agent ADD COLUMN NAME TEXT", "column agent.NAME")]
    [TestCase("ALTER TABLE agent ADD COLUMN initial TEXT", "column agent.initial")]
    [TestCase(
        "CREATE TABLE x (id); CREATE TABLE agent (id); CREATE INDEX by_name ON x (id)",
        "table agent, index by_name"
    )]
    public void What_the_database_has_already_is_named(string up, string names)
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

    [TestCase("CREATE TABLE IF NOT EXISTS agent (id)")]
    [TestCase("CREATE TEMP TABLE agent (id)")]
    [TestCase("CREATE TABLE named (id)")]
    [TestCase(
        "DROP TRIGGER named; DROP VIEW names; DROP TABLE agent; CREATE TABLE agent (name); CREATE INDEX by_name ON agent (name)"
    )]
    [TestCase(
        "DROP VIEW names; DROP TRIGGER named; DROP INDEX IF EXISTS by_name; CREATE TABLE by_name (id)"
    )]
    [TestCase(
        "DROP VIEW names; ALTER TABLE agent RENAME TO old; CREATE TABLE agent (id); ALTER TABLE old ADD COLUMN x"
    )]
    [TestCase(
        "DROP VIEW names; ALTER TABLE agent RENAME COLUMN name TO title; ALTER TABLE agent ADD COLUMN name"
    )]
    [TestCase(
        "CREATE TABLE child (a REFERENCES parent (id)); CREATE TABLE parent (id INTEGER PRIMARY KEY)"
    )]
    [TestCase(
        "CREATE TABLE self (id INTEGER PRIMARY KEY, a REFERENCES self (id), b REFERENCES agent)"
    )]
    public void What_is_not_in_the_way_is_passed(string up)
    {
        Execute(There);
        var catalog = MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up));

        Assert.That(Preview(catalog), Is.Null);
        Succeed(catalog, new UpRequest());
    }

    [Test]
    public void A_parent_that_is_missing_is_named()
    {
        Execute(There);
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "One",
                "CREATE TABLE child (a REFERENCES nobody (id)); ALTER TABLE agent ADD COLUMN b REFERENCES nowhere"
            )
        );

        Assert.That(
            Preview(catalog)!.Message,
            Is.EqualTo(
                "Foreign keys would lead nowhere: child refers to nobody, and there is no such table; agent refers to nowhere, and there is no such table."
            )
        );
        Assert.That(Run(catalog, new UpRequest()).Failure, Is.TypeOf<RefusedException>());
    }

    [Test]
    public void A_migration_that_has_changed_is_named_with_the_SQL_of_the_others()
    {
        Succeed(MigrationsOf.Catalog(MigrationsOf.Table(1, "one")), new UpRequest());
        var changed = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "one", "CREATE TABLE other (id)"),
            MigrationsOf.Table(2, "two")
        );

        var preview = new DryRun(Database, changed).Preview(new UpRequest(), NoWait);

        Assert.That(preview.Verdict, Is.TypeOf<CheckFailedException>());
        Assert.That(preview.Steps, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_Down_whose_stored_SQL_hides_statements_is_shown_and_refused()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));
        Succeed(catalog, new UpRequest());
        Execute(
            "UPDATE VersionJournal SET DownSql = 'DROP TABLE one; /* ' || char(10) || 'SELECT 1;'"
        );

        var preview = new DryRun(Database, catalog).Preview(new DownRequest(), NoWait);

        Assert.That(preview.Verdict, Is.TypeOf<RefusedException>());
        Assert.That(preview.Steps[0].Sql, Does.Contain("/* "));
    }

    private MigrateException? Preview(MigrationCatalog catalog) =>
        new DryRun(Database, catalog).Preview(new UpRequest(), NoWait).Verdict;
}
