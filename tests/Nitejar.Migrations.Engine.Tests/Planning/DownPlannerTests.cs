using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Planning;

public sealed class DownPlannerTests
{
    private static readonly MigrationCatalog Nothing = MigrationsOf.Catalog();

    private static readonly object?[][] Cases =
    [
        // applied in this order, request, reverted
        [Versions(), new DownRequest(), Versions()],
        [Versions(), new DownRequest(All: true), Versions()],
        [Versions(1, 2, 3), new DownRequest(), Versions(3)],
        [Versions(1, 2, 3), new DownRequest(Steps: 2), Versions(3, 2)],
        [Versions(1, 2, 3), new DownRequest(Steps: 9), Versions(3, 2, 1)],
        [Versions(1, 2, 3), new DownRequest(All: true), Versions(3, 2, 1)],
        [Versions(1, 2, 3), new DownRequest(To: 1), Versions(3, 2)],
        [Versions(1, 2, 3), new DownRequest(To: 3), Versions()],
        // Applied out of order: the last applied goes first, whatever its version.
        [Versions(1, 3, 2), new DownRequest(), Versions(2)],
        [Versions(1, 3, 2), new DownRequest(To: 3), Versions(2)],
        [Versions(1, 3, 2), new DownRequest(To: 1), Versions(2, 3)],
    ];

    [TestCaseSource(nameof(Cases))]
    public void The_last_applied_goes_first(long[] applied, DownRequest request, long[] reverted)
    {
        var plan = Planner.Plan(Nothing, HistoryOf.Journaled(applied), request);

        Assert.That(plan.Steps.Select(s => s.Id.Version), Is.EqualTo(reverted));
        Assert.That(plan.Steps.Select(s => s.Direction), Is.All.EqualTo(Direction.Down));
    }

    [Test]
    public void Stored_SQL_comes_before_the_class()
    {
        var step = Down(MigrationsOf.Catalog(MigrationsOf.Table(1, "M1")), HistoryOf.Entry(1));

        Assert.That(step.JournalId, Is.EqualTo(10));
        Assert.That(step.Known, Is.Null);
    }

    [TestCase(Reversal.Code)]
    [TestCase(Reversal.None)]
    public void Without_stored_SQL_the_class_serves(Reversal reversal)
    {
        var known = MigrationsOf.Table(1, "M1");

        var step = Down(MigrationsOf.Catalog(known), HistoryOf.Entry(1, reversal: reversal));

        Assert.That(step.Known, Is.SameAs(known));
    }

    [Test]
    public void Without_stored_SQL_and_class_there_is_no_way()
    {
        Assert.That(
            () => Planner.Plan(Nothing, HistoryOf.Unjournaled(1), new DownRequest()),
            Throws
                .TypeOf<RefusedException>()
                .With.Message.Contains("1_M1")
                .And.Message.Contains("another tool")
        );
        Assert.That(
            () => Down(Nothing, HistoryOf.Entry(1, reversal: Reversal.Code)),
            Throws.TypeOf<RefusedException>().With.Message.Contains("code")
        );
        Assert.That(
            () => Down(Nothing, HistoryOf.Entry(1, reversal: Reversal.None, note: "no way back")),
            Throws.TypeOf<RefusedException>().With.Message.Contains("no way back")
        );
    }

    [Test]
    public void One_irreversible_migration_stops_the_whole_chain()
    {
        var history = HistoryOf.Entries(
            HistoryOf.Entry(1, reversal: Reversal.None, note: "gone"),
            HistoryOf.Entry(2)
        );

        Assert.That(
            () => Planner.Plan(Nothing, history, new DownRequest(All: true)),
            Throws.TypeOf<RefusedException>()
        );
        Assert.That(Planner.Plan(Nothing, history, new DownRequest()).Steps, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_was_adopted_is_never_reverted() =>
        Assert.That(
            () => Down(Nothing, HistoryOf.Entry(1, JournalOutcome.Adopted)),
            Throws.TypeOf<RefusedException>().With.Message.Contains("adopted")
        );

    [Test]
    public void There_is_no_going_back_to_what_is_not_applied() =>
        Assert.That(
            () => Planner.Plan(Nothing, HistoryOf.Journaled(1, 2), new DownRequest(To: 3)),
            Throws.TypeOf<InvalidRequestException>().With.Message.Contains("3")
        );

    [Test]
    public void Redo_reverts_and_applies_the_latest_again()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "M1"),
            MigrationsOf.Table(2, "M2"),
            MigrationsOf.Table(3, "M3")
        );

        var plan = Planner.Plan(catalog, HistoryOf.Journaled(1, 2, 3), new RedoRequest(2));

        Assert.That(
            plan.Steps.Select(s => (s.Id.Version, s.Direction)),
            Is.EqualTo(
                new[]
                {
                    (3L, Direction.Down),
                    (2L, Direction.Down),
                    (2L, Direction.Up),
                    (3L, Direction.Up),
                }
            )
        );
    }

    [Test]
    public void Redo_needs_the_class() =>
        Assert.That(
            () => Planner.Plan(Nothing, HistoryOf.Journaled(1), new RedoRequest()),
            Throws.TypeOf<RefusedException>().With.Message.Contains("1_M1")
        );

    private static PlanStep Down(MigrationCatalog catalog, JournalEntry entry) =>
        Planner.Plan(catalog, HistoryOf.Entries(entry), new DownRequest()).Steps.Single();

    private static long[] Versions(params long[] versions) => versions;
}
