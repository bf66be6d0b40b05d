using FluentMigrator.Runner.Constraints;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Planning;

/// <summary>Constraints choose among what is pending, by the history as it is before the run.</summary>
public sealed class ConstrainedPlanTests
{
    [Test]
    public void A_constraint_is_asked_with_the_history_before_the_run()
    {
        var catalog = Catalog(new CurrentVersionMigrationConstraintAttribute(1));

        Assert.That(Versions(catalog, MigrationHistory.Empty), Is.EqualTo(new long[] { 1 }));
        Assert.That(Versions(catalog, HistoryOf.Journaled(1)), Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public void A_constraint_knows_the_request()
    {
        MigrationConstraintContext? asked = null;
        var catalog = Catalog(
            new MigrationConstraintAttribute(context =>
            {
                asked = context;
                return true;
            })
        );

        _ = Planner.Plan(
            catalog,
            HistoryOf.Journaled(1),
            new UpRequest(To: 2) { Tags = ["eu"], AllowBreaking = true }
        );

        Assert.That(asked!.VersionInfo.AppliedMigrations(), Is.EqualTo(new long[] { 1 }));
        Assert.That(asked.RunnerOptions.Tags, Is.EqualTo(new[] { "eu" }));
        Assert.That(asked.RunnerOptions.Version, Is.EqualTo(2));
        Assert.That(asked.RunnerOptions.AllowBreakingChange, Is.True);
    }

    [Test]
    public void All_constraints_have_to_hold() =>
        Assert.That(
            Versions(
                Catalog(
                    new MigrationConstraintAttribute(_ => true),
                    new MigrationConstraintAttribute(_ => false)
                ),
                HistoryOf.Journaled(1)
            ),
            Is.Empty
        );

    [Test]
    public void A_constraint_that_throws_is_a_failed_migration() =>
        Assert.That(
            () =>
                Versions(
                    Catalog(
                        new MigrationConstraintAttribute(_ =>
                            throw new InvalidOperationException("no clue")
                        )
                    ),
                    HistoryOf.Journaled(1)
                ),
            Throws
                .TypeOf<MigrationFailedException>()
                .With.Message.EqualTo("A constraint of 2_Two failed: no clue")
        );

    [Test]
    public void Status_tells_what_a_constraint_keeps_back() =>
        Assert.That(
            StatusReport
                .Of(
                    Catalog(new CurrentVersionMigrationConstraintAttribute(1)),
                    MigrationHistory.Empty
                )
                .Migrations.Select(m => m.State),
            Is.EqualTo(new[] { MigrationState.Pending, MigrationState.NotChosen })
        );

    private static MigrationCatalog Catalog(params MigrationConstraintAttribute[] constraints) =>
        MigrationsOf.Catalog(
            MigrationsOf.Table(1, "One"),
            MigrationsOf.Table(2, "Two") with
            {
                Constraints = constraints,
            }
        );

    private static IEnumerable<long> Versions(MigrationCatalog catalog, MigrationHistory history) =>
        Planner.Plan(catalog, history, new UpRequest()).Steps.Select(s => s.Id.Version);
}
