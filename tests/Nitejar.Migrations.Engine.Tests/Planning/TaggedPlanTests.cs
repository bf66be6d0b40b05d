using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Planning;

/// <summary>Tags choose among what is pending, and nothing else.</summary>
public sealed class TaggedPlanTests
{
    private static readonly MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "One"),
        MigrationsOf.Table(2, "Two").WithTags("eu"),
        MigrationsOf.Table(3, "Three"),
        MigrationsOf.Table(4, "Four").WithTags("eu", "demo")
    );

    [TestCase("", new long[] { 1, 3 })]
    [TestCase("eu", new long[] { 1, 2, 3, 4 })]
    [TestCase("demo", new long[] { 1, 3, 4 })]
    [TestCase("eu demo", new long[] { 1, 3, 4 })]
    [TestCase("us", new long[] { 1, 3 })]
    public void What_is_pending_is_chosen(string tags, long[] planned) =>
        Assert.That(Versions(Up(tags)), Is.EqualTo(planned));

    [Test]
    public void Steps_count_what_is_chosen() =>
        Assert.That(
            Versions(Planner.Plan(Catalog, MigrationHistory.Empty, new UpRequest(Steps: 2))),
            Is.EqualTo(new long[] { 1, 3 })
        );

    [Test]
    public void Tags_that_are_chosen_late_are_out_of_order()
    {
        var history = HistoryOf.Journaled(1, 3);

        Assert.That(Up("", history).IsEmpty, Is.True);
        Assert.That(
            () => Up("eu", history),
            Throws
                .TypeOf<RefusedException>()
                .With.Message.Contains("2_Two")
                .And.Property("NextStep")
                .Contains("its tags are meant")
        );
        Assert.That(
            Versions(
                Planner.Plan(
                    Catalog,
                    history,
                    new UpRequest(AllowOutOfOrder: true) { Tags = ["eu"] }
                )
            ),
            Is.EqualTo(new long[] { 2, 4 })
        );
    }

    [Test]
    public void Down_and_redo_skip_nothing()
    {
        var history = HistoryOf.Journaled(1, 2, 3, 4);

        Assert.That(
            Versions(Planner.Plan(Catalog, history, new DownRequest(All: true))),
            Is.EqualTo(new long[] { 4, 3, 2, 1 })
        );
        Assert.That(
            Versions(Planner.Plan(Catalog, history, new RedoRequest(Steps: 3))),
            Is.EqualTo(new long[] { 4, 3, 2, 2, 3, 4 })
        );
    }

    [TestCase(new long[] { 1 }, "eu demo eu", null, "demo eu", TestName = "where one is pending")]
    [TestCase(new long[] { 1, 2, 3, 4 }, "eu", null, "", TestName = "but not once it is applied")]
    [TestCase(new long[] { }, "eu", 1L, "", TestName = "but not above the last version")]
    public void Tags_decide(long[] applied, string tags, long? to, string deciding) =>
        Assert.That(
            Planner
                .Plan(
                    Catalog,
                    HistoryOf.Journaled(applied),
                    new UpRequest(to) { Tags = Split(tags) }
                )
                .Tags,
            Is.EqualTo(Split(deciding))
        );

    [Test]
    public void A_tag_that_no_migration_has_is_a_warning() =>
        Assert.That(
            Up("eu Demo").Warnings,
            Is.EqualTo(new[] { "No migration of this binary has the tag Demo." })
        );

    [TestCase("", 1, 2)]
    [TestCase("demo", 2, 1)]
    [TestCase("eu", 3, 0)]
    public void Status_tells_what_was_not_chosen(string tags, int pending, int notChosen)
    {
        var report = StatusReport.Of(Catalog, HistoryOf.Journaled(1), Split(tags));

        Assert.That(
            (report.Applied, report.Pending, report.NotChosen),
            Is.EqualTo((1, pending, notChosen))
        );
        Assert.That(
            report.Migrations.Count(m => m.State == MigrationState.NotChosen),
            Is.EqualTo(notChosen)
        );
    }

    private static MigrationPlan Up(string tags, MigrationHistory? history = null) =>
        Planner.Plan(
            Catalog,
            history ?? MigrationHistory.Empty,
            new UpRequest { Tags = Split(tags) }
        );

    private static string[] Split(string tags) =>
        tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<long> Versions(MigrationPlan plan) =>
        plan.Steps.Select(s => s.Id.Version);
}
