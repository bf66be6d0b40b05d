using FluentMigrator;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>A run that backs its database up.</summary>
public abstract class RunBackupFixture
{
    protected SqliteTestDatabase Site { get; private set; } = null!;

    [SetUp]
    public void CreateDatabase()
    {
        Site = new SqliteTestDatabase();
        Site.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO t VALUES (1, 'kept')"
        );
    }

    [TearDown]
    public void DeleteDatabase() => Site.Dispose();

    protected RunResult Run(params KnownMigration[] migrations) =>
        Run(new UpRequest(), new BackupSettings(), migrations);

    protected RunResult Run(
        MigrationRequest request,
        BackupSettings? backup,
        params KnownMigration[] migrations
    ) => Run(request, backup, allowsDataLoss: true, migrations);

    protected RunResult Run(
        MigrationRequest request,
        BackupSettings? backup,
        bool allowsDataLoss,
        params KnownMigration[] migrations
    ) =>
        new MigrationRunner(
            Site.Database,
            MigrationsOf.Catalog(migrations),
            () => HistoryOf.Origin
        ).Run(
            request,
            new RunSettings(
                TimeSpan.FromSeconds(5),
                Consent: allowsDataLoss ? Consent.ToRequest : Consent.NotGiven,
                Backup: backup
            ),
            new NoObserver(),
            CancellationToken.None
        );

    protected static string[] Rows(string backup)
    {
        using var connection = new SqliteConnection(
            $"Data Source=file:{backup}?immutable=1;Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        return [.. connection.Query("SELECT id || '|' || note FROM t", row => row.GetString(0))];
    }

    protected sealed class NoObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
