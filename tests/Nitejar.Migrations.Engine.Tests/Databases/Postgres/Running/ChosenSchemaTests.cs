using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>The first schema of the connection's search path is where migrations work, each schema with a history of its own.</summary>
public sealed class ChosenSchemaTests
{
    private readonly ThrowawayDatabase _database = PostgresServer.Shared().CreateDatabase();

    private static MigrationCatalog Catalog =>
        MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "One",
                m =>
                {
                    m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey();
                    m.Execute.Sql("INSERT INTO t (id) VALUES (1)");
                },
                m => m.Delete.Table("t")
            )
        );

    [OneTimeTearDown]
    public void DropDatabase() => _database.Dispose();

    [Test]
    public void Tables_and_history_are_in_it_and_the_checksum_is_that_of_any_other()
    {
        _database.Execute("CREATE SCHEMA app; CREATE SCHEMA other");

        Succeed("app", new UpRequest());
        Succeed("other", new UpRequest());
        Succeed("public", new UpRequest());
        Succeed("other", new DownRequest());

        Assert.That(
            _database.Psql(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename IN ('t', 'VersionInfo') ORDER BY 1"
            ),
            Is.EqualTo("app.VersionInfo\napp.t\nother.VersionInfo\npublic.VersionInfo\npublic.t")
        );
        Assert.That(ChecksumIn("app"), Is.Not.Empty.And.EqualTo(ChecksumIn("public")));
        Assert.That(
            _database.Psql("""SELECT "DownSql" FROM app."VersionJournal" """),
            Is.EqualTo("DROP TABLE \"app\".\"t\";")
        );
    }

    private string ChecksumIn(string schema) =>
        _database.Psql($"""SELECT "Checksum" FROM {schema}."VersionJournal" LIMIT 1""");

    private void Succeed(string schema, MigrationRequest request)
    {
        IDatabase database = new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(
                $"{_database.ConnectionString};Search Path={schema}"
            )
        );
        var result = new MigrationRunner(database, Catalog, () => HistoryOf.Origin).Run(
            request,
            new RunSettings(TimeSpan.FromSeconds(5), Consent: Consent.ToRequest),
            new Silent(),
            CancellationToken.None
        );
        Assert.That(result.Failure, Is.Null);
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
