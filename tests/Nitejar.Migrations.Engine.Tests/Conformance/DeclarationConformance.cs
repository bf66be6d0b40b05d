using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>What the class of a migration declares about applying and reverting it.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class DeclarationConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly MigrationCatalog Breaking = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one"),
        MigrationsOf.Table(2, "two").Breaking(),
        MigrationsOf.Table(3, "three")
    );

    [Test]
    public void A_breaking_change_is_refused_before_anything_is_executed()
    {
        var refused = Fail<RefusedException>(Breaking, new UpRequest());

        Assert.That(refused.Message, Does.StartWith("2_two "));
        Assert.That(refused.NextStep, Does.Contain("--allow-breaking"));
        Assert.That(refused.Code, Is.EqualTo(ErrorCode.BreakingChange));
        Succeed(Breaking, new UpRequest(To: 1));
    }

    [Test]
    public void A_breaking_change_is_applied_when_it_is_allowed_and_again_by_a_redo()
    {
        Succeed(Breaking, new UpRequest { AllowBreaking = true });
        Succeed(Breaking, new RedoRequest(Steps: 3));
        Succeed(Breaking, new UpRequest());

        Assert.That(Query("SELECT count(*) FROM two"), Is.EqualTo(new[] { "0" }));
    }

    [TestCase(false, 2)]
    [TestCase(true, null)]
    public void A_dry_run_shows_a_breaking_change_and_its_verdict(bool allowed, long? refused)
    {
        Succeed(Breaking, new UpRequest(To: 1));

        var preview = new DryRun(Database, Breaking).Preview(
            new UpRequest { AllowBreaking = allowed },
            new TransactionSettings(TimeSpan.Zero, StatementTimeout: null, (_, _) => { })
        );

        Assert.That(preview.Steps.Select(s => s.Id.Version), Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(preview.Verdict?.Message, refused is null ? Is.Null : Does.StartWith("2_two"));
    }

    [TestCase("SELECT 1", "", "1_One has a Down that does nothing")]
    [TestCase("", "", null)]
    [TestCase("SELECT 1", "SELECT 2", null)]
    public void An_empty_Down_is_a_warning(string up, string down, string? warning)
    {
        var result = Succeed(
            MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up, down)),
            new UpRequest()
        );

        Assert.That(result.Warnings, warning is null ? Is.Empty : Has.One.StartsWith(warning));
    }

    [Test]
    public void A_Down_that_throws_is_a_warning()
    {
        var result = Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Code(
                    1,
                    "One",
                    m => m.Execute.Sql("SELECT 1"),
                    _ => throw new InvalidOperationException("no way back.")
                )
            ),
            new UpRequest()
        );

        Assert.That(
            result.Warnings,
            Is.EqualTo(
                new[]
                {
                    "1_One cannot be reverted: no way back. Write its Down before it is needed.",
                }
            )
        );
    }

    [Test]
    public void A_Down_that_cannot_be_reversed_is_a_warning()
    {
        var result = Succeed(
            MigrationsOf.Catalog(MigrationsOf.Table(1, "One") with { Create = () => new OneWay() }),
            new UpRequest()
        );

        Assert.That(result.Warnings, Has.One.StartsWith("1_One cannot be reverted: "));
    }

    [Test]
    public void A_class_that_only_goes_forward_says_so_itself() =>
        Assert.That(
            Succeed(
                MigrationsOf.Catalog(
                    MigrationsOf.Table(1, "One") with
                    {
                        Create = () => new Forward(),
                    }
                ),
                new UpRequest()
            ).Warnings,
            Is.Empty
        );

    private sealed class OneWay : Migration
    {
        public override void Up() => Create.Table("parent").WithColumn("id").AsInt32();

        public override void Down() => throw new NotSupportedException("Rows were merged");
    }

    private sealed class Forward : ForwardOnlyMigration
    {
        public override void Up() => Execute.Sql("SELECT 1");
    }
}
