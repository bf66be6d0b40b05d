using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Planning;

public sealed class UpPlannerTests
{
    private static readonly MigrationCatalog Catalog = Known(1, 2, 3, 4);

    private static readonly object?[][] Cases =
    [
        // applied, to, steps, planned
        [Versions(), null, null, Versions(1, 2, 3, 4)],
        [Versions(), 2L, null, Versions(1, 2)],
        [Versions(), null, 3, Versions(1, 2, 3)],
        [Versions(), null, 9, Versions(1, 2, 3, 4)],
        [Versions(1, 2), null, null, Versions(3, 4)],
        [Versions(1, 2), null, 1, Versions(3)],
        [Versions(1, 2), 1L, null, Versions()],
        [Versions(1, 2, 3, 4), null, null, Versions()],
        [Versions(1, 2, 3, 4, 9), null, null, Versions()],
    ];

    [TestCaseSource(nameof(Cases))]
    public void Pending_migrations_are_planned_in_order(
        long[] applied,
        long? to,
        int? steps,
        long[] planned
    )
    {
        var plan = Planner.Plan(Catalog, HistoryOf.Journaled(applied), new UpRequest(to, steps));

        Assert.That(plan.Steps.Select(s => s.Id.Version), Is.EqualTo(planned));
        Assert.That(plan.Steps.Select(s => s.Direction), Is.All.EqualTo(Direction.Up));
    }

    [TestCase(new long[] { 1, 3 }, "2_M2", "newer", TestName = "below a known newer one")]
    [TestCase(new long[] { 1, 2, 9 }, "3_M3", "unknown", TestName = "below an unknown newer one")]
    public void What_is_pending_below_an_applied_one_is_refused(
        long[] applied,
        string late,
        string reason
    )
    {
        var refused = Assert.Throws<RefusedException>(() =>
            Planner.Plan(Catalog, HistoryOf.Journaled(applied), new UpRequest())
        );

        Assert.That(refused.Message, Does.Contain(late).And.Contain(reason));
        Assert.That(refused.NextStep, Does.Contain("--allow-out-of-order"));
    }

    [Test]
    public void What_is_pending_below_an_applied_one_can_be_allowed()
    {
        var plan = Planner.Plan(
            Catalog,
            HistoryOf.Journaled(1, 3, 9),
            new UpRequest(AllowOutOfOrder: true)
        );

        Assert.That(plan.Steps.Select(s => s.Id.Version), Is.EqualTo(Versions(2, 4)));
    }

    [Test]
    public void An_older_binary_with_nothing_pending_warns_and_goes_on()
    {
        var plan = Planner.Plan(Known(1, 2), HistoryOf.Unjournaled(1, 2, 8, 9), new UpRequest());

        Assert.That(plan.IsEmpty, Is.True);
        Assert.That(plan.Warnings, Has.One.Contains("2 migrations").And.One.Contains("9_M9"));
    }

    [Test]
    public void An_unknown_target_is_a_mistake() =>
        Assert.That(
            () => Planner.Plan(Catalog, MigrationHistory.Empty, new UpRequest(To: 5)),
            Throws.TypeOf<InvalidRequestException>().With.Message.Contains("5")
        );

    [TestCase(3, "tttn")]
    [TestCase(1, "ntt")]
    [TestCase(1, "nnt")]
    [TestCase(2, "tt")]
    [TestCase(0, "")]
    public void Steps_are_committed_together_up_to_one_that_wants_no_transaction(
        int together,
        string kinds
    )
    {
        var steps = kinds.Select(
            (kind, index) =>
                new PlanStep(
                    new MigrationId(index + 1, "M"),
                    Direction.Up,
                    Known: null,
                    JournalId: null,
                    RunsInTransaction: kind == 't'
                )
        );

        var plan = new MigrationPlan([.. steps], [], []);

        Assert.That(plan.StepsOfFirstUnit, Is.EqualTo(together));
    }

    [Test]
    public void Accepting_a_change_plans_nothing_but_that()
    {
        var plan = Planner.Plan(
            Catalog,
            HistoryOf.Journaled(1, 2, 3, 4),
            new UpRequest(AcceptChanged: [2])
        );

        Assert.That(plan.Steps, Is.Empty);
        Assert.That(plan.AcceptedChanges.Single().Id.Version, Is.EqualTo(2));
        Assert.That(plan.IsEmpty, Is.False);
    }

    [TestCase(7, TestName = "an unknown version")]
    [TestCase(4, TestName = "a version that is not applied")]
    public void Accepting_makes_no_sense_for(long version) =>
        Assert.That(
            () =>
                Planner.Plan(
                    Catalog,
                    HistoryOf.Journaled(1, 2, 3),
                    new UpRequest(AcceptChanged: [version])
                ),
            Throws.TypeOf<InvalidRequestException>()
        );

    private static MigrationCatalog Known(params long[] versions) =>
        new(versions.Select(v => MigrationsOf.Table(v, $"M{v}")));

    private static long[] Versions(params long[] versions) => versions;
}
