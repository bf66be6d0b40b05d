using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>Whatever fails, and wherever, the database is as before and the message says where.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class FailureConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const int Steps = 4;
    private static readonly int[] EachStep = [1, 2, 3, 4];

    [TestCaseSource(nameof(EachStep))]
    public void A_failing_Up_leaves_no_trace(int failing)
    {
        Succeed(MigrationsOf.Catalog(MigrationsOf.Table(1, "base")), new UpRequest());

        var failure = Fail<MigrationFailedException>(
            CatalogOf(failing, up: "SELECT 1 FROM nowhere", down: ""),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain($"{failing * 10}_").And.Contain("statement 2"));
        Assert.That(failure.Detail, Does.Contain("nowhere"));
    }

    [TestCaseSource(nameof(EachStep))]
    public void A_failing_Down_leaves_no_trace(int failing)
    {
        var catalog = CatalogOf(failing, up: "", down: "DROP TABLE nowhere");
        Succeed(catalog, new UpRequest());

        var failure = Fail<MigrationFailedException>(catalog, new DownRequest(All: true));

        Assert.That(failure.Message, Does.Contain($"{failing * 10}_"));
    }

    [Test]
    public void Every_planned_step_has_its_final_state()
    {
        var result = Run(CatalogOf(3, up: "no SQL", down: ""), new UpRequest());

        Assert.That(
            result.Steps.Select(s => s.State),
            Is.EqualTo(
                new[] { StepState.Undone, StepState.Undone, StepState.Failed, StepState.NotRun }
            )
        );
    }

    [Test]
    public void A_statement_that_refuses_a_transaction_is_told_how_it_runs_without_one()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "Shrink", "VACUUM")),
            new UpRequest()
        );

        Assert.That(failure.NextStep, Does.Contain("TransactionBehavior.None"));
    }

    [Test]
    public void An_error_behind_a_row_that_is_returned_is_found()
    {
        Execute("CREATE TABLE t (a INTEGER UNIQUE)");
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "Behind",
                    """
                    INSERT INTO t VALUES (1);
                    SELECT 1;
                    -- the next one fails
                    INSERT INTO t
                        VALUES (1);
                    CREATE TABLE never (id INTEGER);
                    """
                )
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("statement 3, line 3"));
    }

    [Test]
    public void A_failing_check_is_told_apart_from_a_failing_statement()
    {
        Execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        Execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))");
        Execute("INSERT INTO parent VALUES (1)");
        Execute("INSERT INTO child VALUES (1)");

        Fail<MigrationFailedException>(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "Orphans", "DELETE FROM parent")),
            new UpRequest()
        );
    }

    [TestCase("COMMIT")]
    [TestCase("ROLLBACK")]
    [TestCase("/* hidden */ END")]
    [TestCase("BEGIN")]
    public void A_migration_cannot_end_the_transaction(string sql) =>
        Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "Ends",
                    $"CREATE TABLE t (id INTEGER); {sql}; SELECT no_such_column"
                )
            ),
            new UpRequest()
        );

    [Test]
    public void What_is_there_already_is_a_refusal()
    {
        Execute("CREATE TABLE taken (id INTEGER)");

        var refused = Fail<RefusedException>(
            MigrationsOf.Catalog(MigrationsOf.Table(1, "free"), MigrationsOf.Table(2, "taken")),
            new UpRequest()
        );

        Assert.That(refused.Message, Does.Contain("2_taken"));
    }

    [TestCase("CREATE TABLE other (id INTEGER); CREATE INDEX taken_index ON other (id)")]
    [TestCase("ALTER TABLE taken ADD COLUMN id INTEGER")]
    [TestCase("CREATE VIEW taken AS SELECT 1")]
    public void Whatever_of_it_is_there_already_is_a_refusal(string sql)
    {
        Execute("CREATE TABLE taken (id INTEGER)");
        Execute("CREATE INDEX taken_index ON taken (id)");

        Fail<RefusedException>(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", sql)),
            new UpRequest()
        );
    }

    [Test]
    public void What_an_earlier_step_made_is_a_failure() =>
        Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Table(1, "same"),
                MigrationsOf.Sql(2, "Twice", "CREATE TABLE same (id INTEGER)")
            ),
            new UpRequest()
        );

    [Test]
    public void A_migration_that_throws_while_it_is_evaluated_is_a_failure()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Table(1, "one"),
                MigrationsOf.Code(
                    2,
                    "Throws",
                    _ => throw new InvalidOperationException("not today"),
                    _ => { }
                )
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("2_Throws").And.Contain("not today"));
    }

    [Test]
    public void FluentMigrators_own_validation_counts()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Code(
                    1,
                    "NoColumns",
                    m => m.Create.Index("i").OnTable("t").WithOptions().Unique(),
                    _ => { }
                )
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("CreateIndexExpression"));
    }

    [Test]
    public void A_changed_migration_stops_what_is_pending_until_it_is_accepted()
    {
        Succeed(MigrationsOf.Catalog(MigrationsOf.Table(1, "one")), new UpRequest());
        var changed = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "one", "CREATE TABLE one (id TEXT)", "DROP TABLE one"),
            MigrationsOf.Table(2, "two")
        );

        var failure = Fail<CheckFailedException>(changed, new UpRequest());
        Assert.That(failure.Message, Does.Contain("1_one"));
        Assert.That(failure.Detail, Does.Contain("INTEGER PRIMARY KEY").And.Contain("id TEXT"));

        Succeed(changed, new UpRequest(AcceptChanged: [1]));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1, 2 }));
        Succeed(changed, new DownRequest(All: true));
    }

    private static MigrationCatalog CatalogOf(int failing, string up, string down) =>
        new(
            Enumerable
                .Range(1, Steps)
                .Select(step =>
                    MigrationsOf.Sql(
                        step * 10,
                        $"Step{step}",
                        $"CREATE TABLE t{step} (id INTEGER); {(step == failing ? up : "")}",
                        $"{(step == failing ? down : "")}; DROP TABLE t{step}"
                    )
                )
        );
}
