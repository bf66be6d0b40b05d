using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests;

/// <summary>FluentMigrator's own runner and ours understand each other's history and make the same schema.</summary>
public sealed class StockFluentMigratorTests
{
    private static readonly UpRequest Everything = new() { Tags = ["plugin-instances"] };
    private static readonly MigrationCatalog Catalog = MigrationCatalog.From(MigrationIndex.All);
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Test]
    public void Stock_sees_nothing_to_do_after_ours()
    {
        Ours(_folder["x.db"], Everything);

        Stock(_folder["x.db"], runner => Assert.That(runner.HasMigrationsToApplyUp(), Is.False));
    }

    [Test]
    public void Ours_reads_what_stock_applied_and_reverts_it()
    {
        Stock(_folder["x.db"], runner => runner.MigrateUp());

        using (var reader = new SqliteDatabase(_folder["x.db"]).OpenReader(TimeSpan.Zero)!)
        {
            var report = StatusReport.Of(Catalog, HistoryReader.Read(reader));
            Assert.That((report.Applied, report.Pending), Is.EqualTo((Catalog.All.Count, 0)));
            Assert.That(report.Migrations.Select(m => m.AppliedOn), Has.None.Null);
        }

        Assert.That(Ours(_folder["x.db"], Everything).Steps, Is.Empty);
        Assert.That(
            Ours(_folder["x.db"], new DownRequest(All: true)).Steps,
            Has.Count.EqualTo(Catalog.All.Count)
        );
    }

    [TestCase("\"Version\" INTEGER NOT NULL")]
    [TestCase("\"Version\" INTEGER NOT NULL, \"AppliedOn\" DATETIME")]
    [TestCase("\"Version\" INTEGER NOT NULL, \"Description\" TEXT")]
    public void A_history_of_an_older_FluentMigrator_gets_its_columns(string columns)
    {
        var first = Catalog.All[0].Id;
        foreach (var name in (string[])["stock.db", "ours.db"])
        {
            Stock(_folder[name], runner => runner.MigrateUp(first.Version));
            using var connection = new SqliteConnection($"Data Source={_folder[name]}");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                DROP TABLE VersionInfo;
                CREATE TABLE "VersionInfo" ({columns});
                INSERT INTO "VersionInfo" ("Version") VALUES ({first.Version});
                """;
            command.ExecuteNonQuery();
        }

        using (var reader = new SqliteDatabase(_folder["ours.db"]).OpenReader(TimeSpan.Zero)!)
        {
            var report = StatusReport.Of(Catalog, HistoryReader.Read(reader));
            Assert.That(report.Applied, Is.EqualTo(1), "it is read as it is");
        }

        Stock(_folder["stock.db"], runner => runner.MigrateUp());
        Assert.That(Ours(_folder["ours.db"], Everything).Failure, Is.Null);

        Assert.That(HistoryOf("ours.db"), Is.EqualTo(HistoryOf("stock.db")));
    }

    [Test]
    public void Stock_reverts_what_ours_applied()
    {
        Ours(_folder["x.db"], Everything);

        Stock(_folder["x.db"], runner => runner.Rollback(1));

        using var reader = new SqliteDatabase(_folder["x.db"]).OpenReader(TimeSpan.Zero)!;
        Assert.That(reader.ReadApplied(), Has.Count.EqualTo(Catalog.All.Count - 1));
        reader.Dispose();
        Assert.That(Ours(_folder["x.db"], Everything).Steps, Has.Count.EqualTo(1));
    }

    [Test]
    public void Both_make_the_same_schema_to_the_letter()
    {
        Stock(_folder["stock.db"], runner => runner.MigrateUp());
        Ours(_folder["ours.db"], Everything);

        Assert.That(
            SchemaOf(_folder["ours.db"]).Where(sql => !sql.Contains("VersionJournal")),
            Is.EqualTo(SchemaOf(_folder["stock.db"]))
        );
    }

    private static RunResult Ours(string path, MigrationRequest request)
    {
        var result = new Engine.Running.MigrationRunner(
            new SqliteDatabase(path),
            Catalog,
            () => RunOrigin.Current("test")
        ).Run(request, new RunSettings(TimeSpan.Zero), new Silent(), CancellationToken.None);
        Assert.That(result.Failure, Is.Null);
        return result;
    }

    private static void Stock(string path, Action<IMigrationRunner> use)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder
                    .AddSQLite()
                    .WithGlobalConnectionString($"Data Source={path}")
                    .ScanIn(typeof(CoreTables).Assembly)
                    .For.Migrations()
            )
            .Configure<RunnerOptions>(options => options.Tags = [.. Everything.Tags])
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }

    private static string[] SchemaOf(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return [.. rows];
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(
            Engine.MigrationId migration,
            Engine.Direction direction,
            string sql
        ) => TestContext.Out.WriteLine(migration);
    }

    /// <summary>How VersionInfo is made, and its rows without their times.</summary>
    private List<string> HistoryOf(string name)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[name]}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT sql FROM sqlite_master WHERE name = 'VersionInfo'
            UNION ALL
            SELECT Version || ' ' || (AppliedOn IS NULL) || ' ' || coalesce(Description, '') FROM VersionInfo
            """;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
