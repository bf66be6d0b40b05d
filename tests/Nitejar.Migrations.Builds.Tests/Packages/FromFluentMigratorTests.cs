using System.Reflection;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>
/// docs/from-fluentmigrator.md, step by step, for a project whose classes ask for what FluentMigrator has: services, a text
/// that differs each time, cascades, GO, a loose foreign key, the connection string, code without a transaction.
/// </summary>
[Platform("Linux")]
public sealed class FromFluentMigratorTests
{
    private const string Renamed = "shop_versions";

    private string _folder = "";
    private string _built = "";

    private string Database => Path.Combine(_folder, "shop.db");

    /// <summary>Step 1: the classes stay as they are, and a program of a few lines is added.</summary>
    [OneTimeSetUp]
    public void MakeTheProgram()
    {
        var feed = SharedPackageFeed.Instance;
        _folder = Path.Combine(feed.Place, "Legacy");
        foreach (var (name, text) in LegacyShop.Files)
        {
            var file = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        _built = feed.Dotnet(_folder, "build", "Legacy.Migrate", "-o", "out").Output;
    }

    [SetUp]
    public void Forget() => File.Delete(Database);

    [Test]
    public void What_would_not_run_is_a_warning_of_the_compiler() =>
        Assert.That(_built, Does.Contain("NITEJAR007"));

    /// <summary>Step 2.</summary>
    [Test]
    public void Verify_proves_the_Downs_without_a_database() =>
        Assert.That(Run("verify").Exits(0).Output, Does.Contain("7 of 7 migrations passed"));

    /// <summary>Steps 3 to 5, and the way back.</summary>
    [Test]
    public void A_database_is_taken_over_run_reverted_and_given_back()
    {
        Stock(runner => runner.MigrateUp(5));
        RequireReadOnly();

        Run("up", "-c", Database).Exits(0);
        Assert.That(Query("SELECT file FROM home"), Is.EqualTo("shop.db"));
        Stock(runner =>
            Assert.That(
                runner.HasMigrationsToApplyUp(),
                Is.False,
                "FluentMigrator has nothing to do"
            )
        );

        Query("INSERT INTO invoice VALUES (8, 7), (9, 1)");
        Run("down", "--to", "2", "--yes", "-c", Database).Exits(0);
        Assert.That(
            Query("SELECT group_concat(id) FROM invoice"),
            Is.EqualTo("1,9"),
            "the cascade of 3_Demo"
        );
        Run("up", "-c", Database).Exits(0);
        Assert.That(
            Query("SELECT group_concat(id) FROM invoice"),
            Is.EqualTo("1,7,8,9"),
            "rows come back"
        );

        Stock(runner => runner.MigrateDown(3));
        Assert.That(
            Query("SELECT count(*) FROM sqlite_master WHERE name IN ('home', 'stamp', 'note')"),
            Is.EqualTo("0")
        );
        Assert.That(Run("status", "-c", Database).Exits(0).Output, Does.Contain("4 pending"));
        Stock(runner => runner.MigrateUp());
        Run("status", "--check", "-c", Database).Exits(0);
    }

    [Test]
    public void A_history_of_an_older_FluentMigrator_is_read_and_gets_its_columns()
    {
        Stock(runner => runner.MigrateUp(5));
        Query(
            """
            CREATE TABLE older (Version INTEGER NOT NULL);
            INSERT INTO older SELECT Version FROM VersionInfo;
            DROP TABLE VersionInfo;
            ALTER TABLE older RENAME TO VersionInfo;
            """
        );
        RequireReadOnly();

        Run("up", "-c", Database).Exits(0);

        Stock(runner => runner.MigrateDown(0));
        Assert.That(
            Query("SELECT count(*) FROM sqlite_master WHERE name = 'customer'"),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void A_history_of_another_name_stays_where_it_is()
    {
        Stock(runner => runner.MigrateUp(5), Renamed);
        RequireReadOnly(Renamed);

        RunNamed(Renamed, "up", "-c", Database).Exits(0);

        Assert.That(
            Query("SELECT count(*) FROM sqlite_master WHERE name = 'VersionInfo'"),
            Is.EqualTo("0")
        );
        Stock(runner => runner.MigrateDown(5), Renamed);
        Assert.That(
            RunNamed(Renamed, "status", "-c", Database).Exits(0).Output,
            Does.Contain("2 pending")
        );
    }

    /// <summary>Its package is for projects of migrations, which need neither engine nor driver.</summary>
    [Test]
    public void A_table_is_rebuilt_with_its_rows()
    {
        const string Definition = "SELECT sql FROM sqlite_master WHERE name = 'note'";
        Run("up", "-c", Database).Exits(0);
        Query("INSERT INTO note VALUES (1, 7)");

        Run("up", "--tags", "rebuilt", "-c", Database).Exits(0);
        Assert.That(Query(Definition), Does.Contain("CHECK"));

        Run("down", "--yes", "-c", Database).Exits(0);
        Assert.That(Query(Definition), Does.Not.Contain("CHECK"));
        Assert.That(Query("SELECT id || ' ' || customer_id FROM note"), Is.EqualTo("1 7"));
    }

    /// <summary>Steps 3 and 4 write nothing.</summary>
    private void RequireReadOnly(string table = "")
    {
        var before = File.ReadAllBytes(Database);
        var status = RunNamed(table, "status", "-c", Database).Exits(0).Output;
        var dryRun = RunNamed(table, "up", "--dry-run", "-c", Database).Exits(0).Output;

        Assert.That(status, Does.Contain("5 applied").And.Contain("2 pending"));
        Assert.That(dryRun, Does.Contain("INSERT INTO \"home\" (\"file\") VALUES ('shop.db')"));
        Assert.That(File.ReadAllBytes(Database), Is.EqualTo(before));
    }

    private CommandResult Run(params string[] arguments) => RunNamed("", arguments);

    private CommandResult RunNamed(string table, params string[] arguments) =>
        new Command(Path.Combine(_folder, "out", "legacy-migrate"), _folder, arguments)
        {
            Variables = new Dictionary<string, string>
            {
                ["DOTNET_ROOT"] = PackageFeed.Runtime(),
                ["LEGACY_VERSIONS"] = table,
            },
        }.Run();

    /// <summary>FluentMigrator's own runner, as the application calls it.</summary>
    private void Stock(Action<IMigrationRunner> use, string? table = null)
    {
        var migrations = Assembly.LoadFrom(Path.Combine(_folder, "out", "Legacy.Migrations.dll"));
        var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder
                    .AddSQLite(compatibilityMode: CompatibilityMode.LOOSE)
                    .WithGlobalConnectionString($"Data Source={Database};Pooling=False")
                    .ScanIn(migrations)
                    .For.Migrations()
            )
            .AddSingleton(
                migrations.GetType("Legacy.Migrations.IClock", throwOnError: true)!,
                migrations.GetType("Legacy.Migrations.Noon", throwOnError: true)!
            );
        if (table is not null)
        {
            services.AddScoped<IVersionTableMetaData, Versions>();
        }

        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();
        use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
    }

    private sealed class Versions(IConventionSet conventions, IOptions<RunnerOptions> options)
        : DefaultVersionTableMetaData(conventions, options)
    {
        public override string TableName => Renamed;
    }

    private string Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
