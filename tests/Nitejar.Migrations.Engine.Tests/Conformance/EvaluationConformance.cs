using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>Each migration is evaluated once a direction and run, so that what was checked is what is executed.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class EvaluationConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private readonly List<string> _evaluated = [];

    [SetUp]
    public void Forget() => _evaluated.Clear();

    [Test]
    public void An_up_evaluates_each_Up_and_each_Down_once()
    {
        Succeed(Catalog(), new UpRequest());

        Assert.That(
            _evaluated,
            Is.EquivalentTo(new[] { "up 1", "up 2", "up 3", "down 1", "down 2", "down 3" })
        );
    }

    [Test]
    public void A_down_evaluates_each_Down_that_is_not_stored_once()
    {
        ApplyWithoutJournal();

        Succeed(Catalog(), new DownRequest(All: true), Allowed);

        Assert.That(_evaluated, Is.EqualTo(new[] { "down 3", "down 2", "down 1" }));
    }

    [Test]
    public void A_down_that_is_refused_and_allowed_then_evaluates_each_Down_twice()
    {
        ApplyWithoutJournal();
        Execute("INSERT INTO t3 VALUES (1)");
        var request = new DownRequest(Steps: 2);

        var refused = Run(Catalog(), request, Asking(Consent.NotGiven)).Failure;
        Assert.That(_evaluated, Is.EqualTo(new[] { "down 3", "down 2" }), "to be shown");
        var shown = ((DataLossRefusedException)refused!).Proposed;
        Succeed(Catalog(), request, Asking(Consent.To(shown)));

        Assert.That(
            _evaluated,
            Is.EqualTo(new[] { "down 3", "down 2", "down 3", "down 2" }),
            "to be run"
        );
    }

    [Test]
    public void What_asks_the_database_after_an_earlier_step_is_evaluated_when_its_turn_comes()
    {
        var catalog = MigrationsOf.Catalog(
            Counted(1, m => m.Execute.Sql("CREATE TABLE t1 (id INTEGER)")),
            Counted(
                2,
                m =>
                {
                    if (!m.Schema.Table("t1").Exists())
                    {
                        throw new InvalidOperationException("t1 is missing");
                    }

                    m.Execute.Sql("CREATE TABLE t2 (id INTEGER)");
                }
            )
        );

        Succeed(catalog, new UpRequest());

        Assert.That(Query("SELECT count(*) FROM t2"), Is.EqualTo(new[] { "0" }));
    }

    private static RunSettings Asking(Consent consent) =>
        new(TimeSpan.Zero, Consent: consent, Backup: new BackupSettings());

    private void ApplyWithoutJournal()
    {
        Succeed(Catalog(), new UpRequest());
        Execute("DROP TABLE \"VersionJournal\"");
        _evaluated.Clear();
    }

    private MigrationCatalog Catalog() =>
        MigrationsOf.Catalog([
            .. Enumerable
                .Range(1, 3)
                .Select(i => Counted(i, m => m.Execute.Sql($"CREATE TABLE t{i} (id INTEGER)"))),
        ]);

    private KnownMigration Counted(long version, Action<FluentMigrator.Migration> up) =>
        MigrationsOf.Code(
            version,
            $"M{version}",
            m =>
            {
                _evaluated.Add($"up {version}");
                up(m);
            },
            m =>
            {
                _evaluated.Add($"down {version}");
                m.Execute.Sql($"DROP TABLE t{version}");
            }
        );
}
