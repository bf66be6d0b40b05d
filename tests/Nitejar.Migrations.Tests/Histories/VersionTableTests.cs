using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Tests.Histories;

/// <summary>A history in a table that the project names is FluentMigrator's own runner's to read and to write, and ours. Its runner cannot make one with a primary key on PostgreSQL.</summary>
[TestFixture("sqlite", false)]
[TestFixture("sqlite", true)]
[TestFixture("postgres", false)]
public sealed class VersionTableTests(string kind, bool hasPrimaryKey)
{
    private static readonly string[] Tags = ["plugin-instances"];
    private readonly Metadata _metadata = new(kind == "postgres", hasPrimaryKey);
    private HistoryPlace _place = null!;

    private MigrationCatalog Catalog =>
        MigrationCatalog.From(MigrationIndex.All, VersionTable.Of(_metadata));

    [SetUp]
    public void MakePlace() =>
        _place = kind == "sqlite" ? new SqliteHistoryPlace() : new PostgresHistoryPlace();

    [TearDown]
    public void RemovePlace() => _place.Dispose();

    [Test]
    public void Each_runner_continues_and_reverts_what_the_other_did()
    {
        var all = Catalog.All;
        Stock("x", runner => runner.MigrateUp(all[0].Id.Version));

        Assert.That(Ours("x", new UpRequest { Tags = Tags }), Is.EqualTo(all.Count - 1));
        Stock(
            "x",
            runner =>
            {
                Assert.That(runner.HasMigrationsToApplyUp(), Is.False);
                runner.Rollback(1);
            }
        );
        Assert.That(Ours("x", new UpRequest { Tags = Tags }), Is.EqualTo(1));
        Assert.That(Ours("x", new DownRequest(All: true)), Is.EqualTo(all.Count));
        Stock("x", runner => runner.MigrateUp());
        using var reader = Database("x").OpenReader(TimeSpan.Zero)!;
        var status = StatusReport.Of(Catalog, HistoryReader.Read(reader));
        Assert.That((status.Applied, status.Pending), Is.EqualTo((all.Count, 0)));
        Assert.That(
            reader.ReadSchema().Tables.Select(table => table.Name.Name),
            Has.None.EqualTo(_metadata.TableName),
            "it is the migrator's own"
        );
    }

    [Test]
    public void Both_make_it_the_same_to_the_letter()
    {
        Stock("stock", runner => runner.MigrateUp());
        _ = Ours("ours", new UpRequest { Tags = Tags });

        var made = _place.Describe("ours", _metadata);
        Assert.That(made, Is.EqualTo(_place.Describe("stock", _metadata)));
        Assert.That(made, Has.Some.Contains("Angewandt"));
    }

    [Test]
    public void A_runner_that_was_not_told_changes_nothing()
    {
        var database = _place.Database("x", VersionTable.Standard);

        Assert.That(
            () => new Engine.Running.MigrationRunner(database, Catalog, Origin),
            Throws.ArgumentException.With.Message.Contains(_metadata.TableName)
        );
    }

    private static RunOrigin Origin() => RunOrigin.Current("test");

    private IDatabase Database(string name) => _place.Database(name, VersionTable.Of(_metadata));

    private int Ours(string name, MigrationRequest request)
    {
        var result = new Engine.Running.MigrationRunner(Database(name), Catalog, Origin).Run(
            request,
            new RunSettings(TimeSpan.FromSeconds(10)) { Consent = Consent.ToRequest },
            new Silent(),
            CancellationToken.None
        );
        Assert.That(result.Failure, Is.Null);
        return result.Steps.Count;
    }

    private void Stock(string name, Action<IMigrationRunner> use)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                _place.Configure(builder.ScanIn(typeof(CoreTables).Assembly).For.Migrations(), name)
            )
            .AddScoped<IVersionTableMetaData>(_ => _metadata)
            .Configure<RunnerOptions>(options => options.Tags = Tags)
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }

    /// <summary>Names that have to be quoted, and in PostgreSQL a schema that is not there yet.</summary>
    private sealed class Metadata(bool hasSchema, bool hasPrimaryKey) : IVersionTableMetaData
    {
        public bool OwnsSchema => true;

        public string SchemaName => hasSchema ? "It's history" : "";

        public string TableName => "Our \"own\" versions, it's all";

        public string ColumnName => "Fassung";

        public string DescriptionColumnName => "Was es ist";

        public string UniqueIndexName => "UX_\"Fassung\"";

        public string AppliedOnColumnName => "Angewandt";

        public bool CreateWithPrimaryKey => hasPrimaryKey;
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
