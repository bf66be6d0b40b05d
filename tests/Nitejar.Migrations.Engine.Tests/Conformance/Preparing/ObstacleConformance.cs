using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Preparing;

/// <summary>A dry run says what a run would, and names everything that is in the way.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ObstacleConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [TestCase("CREATE TABLE agent (id integer)", "table agent")]
    [TestCase("CREATE TABLE \"by_name\" (id integer)", "table by_name")]
    [TestCase("CREATE UNIQUE INDEX by_name ON agent (id)", "index by_name")]
    [TestCase("CREATE VIEW names AS SELECT 1 AS one", "view names")]
    [TestCase("ALTER TABLE agent ADD COLUMN name text", "column agent.name")]
    [TestCase("ALTER TABLE agent ADD COLUMN initial text", "column agent.initial")]
    [TestCase(
        "CREATE TABLE x (id integer); CREATE TABLE agent (id integer); CREATE INDEX by_name ON x (id)",
        "table agent, index by_name"
    )]
    public void What_the_database_has_already_is_named(string up, string names) =>
        RequireNamed(up, names);

    [Test]
    public void A_trigger_that_the_database_has_already_is_named() =>
        RequireNamed(
            TDatabase.Trigger(
                "named",
                "AFTER DELETE ON agent",
                "INSERT INTO log (text) VALUES (old.name);"
            ),
            "trigger named"
        );

    [TestCase("CREATE TABLE IF NOT EXISTS agent (id integer)")]
    [TestCase("CREATE TABLE named (id integer)")]
    [TestCase(
        "DROP TABLE team; CREATE TABLE team (title text); CREATE INDEX by_title ON team (title)"
    )]
    [TestCase("DROP VIEW names; DROP INDEX IF EXISTS by_name; CREATE TABLE by_name (id integer)")]
    [TestCase(
        "DROP VIEW names; ALTER TABLE agent RENAME TO former; CREATE TABLE agent (id integer); ALTER TABLE former ADD COLUMN x integer"
    )]
    [TestCase(
        "DROP VIEW names; ALTER TABLE agent RENAME COLUMN name TO title; ALTER TABLE agent ADD COLUMN name text"
    )]
    [TestCase(
        "CREATE TABLE parent (id integer PRIMARY KEY); CREATE TABLE child (a integer REFERENCES parent (id))"
    )]
    [TestCase(
        "CREATE TABLE self (id integer PRIMARY KEY, a integer REFERENCES self (id), b integer REFERENCES agent)"
    )]
    public void What_is_not_in_the_way_is_passed(string up)
    {
        AddAgent();

        Assert.That(Preview(Sql(up)), Is.Null);
        Succeed(Sql(up), new UpRequest());
    }

    [Test]
    public void A_parent_that_is_missing_is_named()
    {
        AddAgent();
        var catalog = Sql(
            "CREATE TABLE child (a integer REFERENCES nobody (id)); ALTER TABLE agent ADD COLUMN b integer REFERENCES nowhere"
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
            MigrationsOf.Sql(1, "one", "CREATE TABLE other (id integer)"),
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
        Execute("UPDATE \"VersionJournal\" SET \"DownSql\" = 'DROP TABLE one; /* \nSELECT 1;'");

        var preview = new DryRun(Database, catalog).Preview(new DownRequest(), NoWait);

        Assert.That(preview.Verdict, Is.TypeOf<RefusedException>());
        Assert.That(preview.Steps[0].Sql, Does.Contain("/* "));
    }

    private void AddAgent()
    {
        Execute(
            """
            CREATE TABLE agent (id integer PRIMARY KEY, name text, initial text GENERATED ALWAYS AS (substr(name, 1, 1)) STORED);
            CREATE INDEX by_name ON agent (name);
            CREATE VIEW names AS SELECT name FROM agent;
            CREATE TABLE team (title text);
            CREATE INDEX by_title ON team (title);
            CREATE TABLE log (text text);
            """
        );
        Execute(
            TDatabase.Trigger(
                "named",
                "AFTER INSERT ON agent",
                "INSERT INTO log (text) VALUES (new.name);"
            )
        );
    }

    private void RequireNamed(string up, string names)
    {
        AddAgent();
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", "CREATE TABLE first (id integer)"),
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

    private MigrateException? Preview(MigrationCatalog catalog) =>
        new DryRun(Database, catalog).Preview(new UpRequest(), NoWait).Verdict;
}
