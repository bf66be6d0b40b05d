using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>Where each migration is committed by itself, a failure leaves those before it, and the result says so.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class CommitUnitConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static MigrationCatalog Three(string third = "") =>
        MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Table(2, "two"),
            MigrationsOf.Sql(
                3,
                "three",
                $"CREATE TABLE three (id INTEGER PRIMARY KEY); {third}",
                "DROP TABLE three"
            )
        );

    private static UpRequest Up { get; } = new() { CommitUnit = CommitUnit.Migration };

    private static DownRequest Down { get; } = new(All: true) { CommitUnit = CommitUnit.Migration };

    [Test]
    public void A_failing_Up_leaves_those_before_it_applied()
    {
        var result = Run(Three("SELECT 1 FROM nowhere"), Up);

        Assert.That(result.Failure, Is.TypeOf<MigrationFailedException>());
        Assert.That(result.CommitUnit, Is.EqualTo(CommitUnit.Migration));
        Assert.That(
            result.Steps.Select(step => step.State),
            Is.EqualTo(new[] { StepState.Applied, StepState.Applied, StepState.Failed })
        );
        Assert.That(result.PartialState, Does.StartWith("2 steps of this run"));
        Assert.That(Applied(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(TableNames(), Has.None.EqualTo("three").And.Some.EqualTo("two"));

        Succeed(Three(), Up);
        Assert.That(Applied(), Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public void A_failing_Down_leaves_those_before_it_reverted()
    {
        Succeed(Three(), new UpRequest());
        Execute("CREATE VIEW v AS SELECT id FROM two; DROP TABLE one");

        var result = Run(Three(), Down, Allowed);

        Assert.That(result.Failure, Is.Not.Null);
        Assert.That(result.Steps[0].State, Is.EqualTo(StepState.Reverted));
        Assert.That(result.PartialState, Does.Contain("of this run had been committed before"));
        Assert.That(Applied(), Has.None.EqualTo(3).And.Some.EqualTo(1));
    }

    [Test]
    public void Several_Downs_are_not_reverted_before_all_that_they_remove_is_allowed()
    {
        Succeed(Three(), new UpRequest());
        Execute("INSERT INTO one (id) VALUES (1)");

        var refusal = Fail<RefusedException>(Three(), Down);
        Assert.That(refusal.NextStep, Does.Contain("--yes"));

        Succeed(Three(), Down, Allowed);
        Assert.That(Applied(), Is.Empty);
        Succeed(Three(), Up);
        Assert.That(Query("SELECT id FROM one"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void One_Down_asks_as_it_does_else()
    {
        Succeed(Three(), new UpRequest());
        Execute("INSERT INTO three (id) VALUES (1)");

        Assert.That(
            Fail<DataLossRefusedException>(
                Three(),
                new DownRequest { CommitUnit = CommitUnit.Migration }
            ).NextStep,
            Does.Contain("--transaction migration")
        );
    }

    [Test]
    public void A_plan_that_was_written_down_is_run_in_its_parts()
    {
        var plan = new DryRun(Database, Three()).Preview(Up, NoWait).Plan;
        Assert.That(plan.Request.CommitUnit, Is.EqualTo(CommitUnit.Migration));

        Succeed(Three(), plan.Request, new RunSettings(TimeSpan.Zero, Consent: Consent.To(plan)));
        var down = new DryRun(Database, Three()).Preview(Down, NoWait).Plan;
        Succeed(Three(), down.Request, new RunSettings(TimeSpan.Zero, Consent: Consent.To(down)));

        Assert.That(down.Request.CommitUnit, Is.EqualTo(CommitUnit.Migration));
        Assert.That(Applied(), Is.Empty);
    }
}
