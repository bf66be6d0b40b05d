using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Planning;

public sealed class StatusReportTests
{
    [Test]
    public void Everything_that_binary_or_database_knows_is_listed_by_version()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "One"),
            MigrationsOf.Table(2, "Two"),
            MigrationsOf.Table(4, "Four")
        );
        var history = HistoryOf.Entries(
            HistoryOf.Entry(9),
            HistoryOf.Entry(1, JournalOutcome.Adopted),
            HistoryOf.Entry(2)
        );

        var report = StatusReport.Of(catalog, history);

        Assert.That(
            report.Migrations.Select(m => (m.Id.ToString(), m.State)),
            Is.EqualTo(
                new[]
                {
                    ("1_One", MigrationState.Adopted),
                    ("2_Two", MigrationState.Applied),
                    ("4_Four", MigrationState.Pending),
                    ("9_M9", MigrationState.Unknown),
                }
            )
        );
        Assert.That(
            (report.Applied, report.Pending, report.Unknown, report.NotChosen),
            Is.EqualTo((2, 1, 1, 0))
        );
        Assert.That(
            report.Migrations.Where(report.IsOutOfOrder).Select(m => m.Id.Version),
            Is.EqualTo((long[])[4]),
            "4 is pending below 9"
        );
    }
}
