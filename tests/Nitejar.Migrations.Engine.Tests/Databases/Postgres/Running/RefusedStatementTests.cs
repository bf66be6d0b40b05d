using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>What the server does not execute in a run is told with what to write instead: before anything runs where words tell it.</summary>
public sealed class RefusedStatementTests : ConformanceTests<PostgresTestDatabase>
{
    private const string Index = "CREATE TABLE t (a integer); CREATE INDEX i ON t (a)";

    [TestCase("VACUUM t")]
    [TestCase("CREATE INDEX CONCURRENTLY j ON t (a)")]
    [TestCase("DROP INDEX CONCURRENTLY i")]
    [TestCase("REINDEX TABLE CONCURRENTLY t")]
    [TestCase("CREATE DATABASE never_made")]
    [TestCase("CREATE TABLESPACE never_made LOCATION '/nowhere'")]
    [TestCase("ALTER SYSTEM SET log_lock_waits = on")]
    public void In_a_transaction_nothing_of_the_run_is_executed(string statement)
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Sql(2, "Two", $"{Index};\n{statement};")
        );

        var failure = Fail<MigrationFailedException>(catalog, new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo(
                "2_Two would fail going up at statement 3, line 2: the statement cannot run inside a transaction block."
            )
        );
        Assert.That(failure.Detail, Is.EqualTo(statement));
        Assert.That(
            failure.NextStep,
            Does.Contain("[Migration(VERSION, TransactionBehavior.None)]")
        );
        Assert.That(
            new DryRun(Database, catalog).Preview(new UpRequest(), NoWait).Verdict?.Message,
            Is.EqualTo(failure.Message)
        );
    }

    [Test]
    public void Without_a_transaction_it_is_executed()
    {
        var database = $"made_{Guid.NewGuid():N}";
        var catalog = MigrationsOf.Catalog(
            MigrationsOf
                .Sql(
                    1,
                    "One",
                    $"{Index}; VACUUM t; REINDEX TABLE CONCURRENTLY t; CREATE DATABASE {database} TEMPLATE template0; ALTER SYSTEM RESET log_lock_waits",
                    $"DROP DATABASE {database}; DROP TABLE t"
                )
                .WithoutTransaction()
        );

        Succeed(catalog, new UpRequest());
        Assert.That(
            Query($"SELECT 1 FROM pg_database WHERE datname = '{database}'"),
            Has.Length.EqualTo(1)
        );
        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Query($"SELECT 1 FROM pg_database WHERE datname = '{database}'"), Is.Empty);
    }

    [TestCase("CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a)")]
    public void Equal_NULLs_are_refused_by_a_server_that_does_not_know_them(string statement)
    {
        var refusal = RefusalOf(statement, version: 14)!;

        Assert.That(
            refusal.Message,
            Is.EqualTo("NULLS NOT DISTINCT exists since PostgreSQL 15, and the server is 14")
        );
        Assert.That(refusal.Sql, Is.EqualTo(statement));
        Assert.That(RefusalOf(statement, version: 15), Is.Null);
    }

    [TestCase("SELECT DISTINCT a FROM t")]
    [TestCase("SELECT a IS NOT DISTINCT FROM b FROM t")]
    [TestCase("INSERT INTO t VALUES ('NULLS NOT DISTINCT')")]
    public void Other_words_are_not_taken_for_it(string statement) =>
        Assert.That(RefusalOf(statement, version: 14), Is.Null);

    private static StatementException? RefusalOf(string statement, int version) =>
        PostgresRefusals.Of(PostgresStatement.Parse(statement), isInTransaction: true, version);

    [Test]
    public void Equal_NULLs_are_made_or_refused_as_the_server_is()
    {
        var catalog = Sql(
            "CREATE TABLE t (a integer, UNIQUE (a)); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT"
        );
        if (int.Parse(Query("SHOW server_version_num")[0][..2]) >= 15)
        {
            Succeed(catalog, new UpRequest());
            return;
        }

        Assert.That(
            Fail<MigrationFailedException>(catalog, new UpRequest()).Message,
            Does.Contain("exists since PostgreSQL 15")
        );
    }

    [Test]
    public void A_new_value_of_an_enum_is_used_once_it_is_committed()
    {
        const string add = "ALTER TYPE mood ADD VALUE 'glad'";
        const string use = "INSERT INTO t VALUES ('glad')";
        Execute("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood)");
        var adding = MigrationsOf.Sql(1, "Add", add);
        var using_ = MigrationsOf.Sql(2, "Use", use);

        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(adding, using_),
            new UpRequest()
        );
        Assert.That(failure.Message, Does.Contain("unsafe use of new value"));
        Assert.That(
            failure.NextStep,
            Does.StartWith(
                "Put ALTER TYPE ... ADD VALUE into an earlier migration with [Migration(VERSION, TransactionBehavior.None)]"
            )
        );

        Succeed(MigrationsOf.Catalog(adding.WithoutTransaction(), using_), new UpRequest());
        Assert.That(Query("SELECT m::text FROM t"), Is.EqualTo(new[] { "glad" }));
    }

    [Test]
    public void A_new_value_of_an_enum_is_used_in_a_migration_without_a_transaction()
    {
        Execute("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood)");

        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(
                        1,
                        "One",
                        "ALTER TYPE mood ADD VALUE 'glad'; INSERT INTO t VALUES ('glad')"
                    )
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

        Assert.That(Query("SELECT m::text FROM t"), Is.EqualTo(new[] { "glad" }));
    }

    [Test]
    public void Rows_that_wait_for_a_deferred_check_are_checked_before_their_table_is_altered()
    {
        Execute(
            "CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (1); CREATE TABLE c (p integer REFERENCES p DEFERRABLE INITIALLY DEFERRED)"
        );

        Assert.That(
            Fail<MigrationFailedException>(
                Sql("INSERT INTO c VALUES (2); ALTER TABLE c ADD COLUMN b integer"),
                new UpRequest()
            ).Message,
            Does.Contain("violates foreign key constraint")
        );
        Succeed(
            Sql("INSERT INTO c VALUES (1); ALTER TABLE c ADD COLUMN b integer"),
            new UpRequest()
        );
    }

    private static TestCaseData[] Mistakes =>
        [
            Mistake(
                "cannot be cast automatically",
                "Say how its values are converted",
                m => m.Alter.Column("s").OnTable("t").AsInt32()
            ),
            Mistake(
                "non-DEFAULT value",
                "Add WithOverridingSystemValue()",
                m => m.Insert.IntoTable("t").Row(new { id = 7 })
            ),
            Mistake(
                "uuid_generate_v1() does not exist",
                "gen_random_uuid()",
                m =>
                    m.Create.Column("g")
                        .OnTable("t")
                        .AsGuid()
                        .WithDefault(SystemMethods.NewSequentialId)
            ),
            Mistake(
                "\"Friday\"",
                "(int)value",
                m => m.Insert.IntoTable("t").Row(new { n = DayOfWeek.Friday })
            ),
        ];

    [TestCaseSource(nameof(Mistakes))]
    public void Is_told_with_what_to_write_instead(
        Action<Migration> up,
        string problem,
        string nextStep
    )
    {
        Execute(
            "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY, n integer, s text); INSERT INTO t (s) VALUES ('1')"
        );

        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Code(1, "One", up, _ => { })),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain(problem));
        Assert.That(failure.NextStep, Does.Contain(nextStep));
    }

    [Test]
    public void Without_a_transaction_what_to_write_is_followed_by_how_to_continue()
    {
        Execute("CREATE TABLE t (n integer)");

        var failure = Run(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "INSERT INTO t VALUES ('x')").WithoutTransaction()
            ),
            new UpRequest()
        ).Failure;

        Assert.That(
            ((MigrateException)failure!).NextStep,
            Does.EndWith(
                "(int)value. Then continue with `up --resume`, or revert the migration with `down`."
            )
        );
    }

    private static TestCaseData Mistake(string problem, string nextStep, Action<Migration> up) =>
        new TestCaseData(up, problem, nextStep).SetArgDisplayNames(problem);
}
