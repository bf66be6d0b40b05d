using FluentMigrator.Runner.VersionTableInfo;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
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
    private ThrowawayDatabase _database = null!;

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

    [SetUp]
    public void CreateDatabase() => _database = EmptyDatabases.Take();

    [TearDown]
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

    /// <summary>One history would be that of all of them, so that the second schema would look migrated.</summary>
    [Test]
    public void A_history_in_a_fixed_schema_is_not_for_several()
    {
        IDatabase database = new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(_database.ConnectionString)
        )
        {
            VersionTable = VersionTable.Of(new FixedSchema()),
        };

        var refused = Assert.Throws<InvalidRequestException>(() =>
            database.Schemas!.Choose("tenant_a")
        );
        Assert.That(
            refused.Message,
            Is.EqualTo(
                "The migrations keep their history in the schema ops, which would be one for all schemas."
            )
        );
        Assert.That(database.Schemas!.Choose("ops").Name, Does.EndWith("?schema=ops"));
    }

    private sealed class FixedSchema : DefaultVersionTableMetaData
    {
        public FixedSchema()
            : base(
                new FluentMigrator.Runner.DefaultConventionSet(),
                Microsoft.Extensions.Options.Options.Create(
                    new FluentMigrator.Runner.Initialization.RunnerOptions()
                )
            ) => SchemaName = "ops";
    }

    /// <summary>Whatever it is called, and on whatever it has to wait for.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void One_of_the_database_is_a_database_of_its_own(bool waits)
    {
        var schema = $"we\"ird; {waits} é";
        _database.Execute($"CREATE SCHEMA \"{schema.Replace("\"", "\"\"")}\"");
        var all = new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(_database.ConnectionString)
        );
        IDatabase patient = new PatientDatabase(all, TimeSpan.FromSeconds(1), _ => { });
        var schemas = waits ? patient.Schemas! : all.Schemas!;

        var chosen = schemas.Choose(
            schemas
                .ReadNames(
                    new TransactionSettings(TimeSpan.Zero, null, (_, _) => { }),
                    CancellationToken.None
                )
                .Single(name => name == schema)
        );
        Succeed(chosen, new UpRequest());

        Assert.That(chosen.Name, Is.EqualTo($"{all.Name}?schema={schema}"));
        Assert.That(
            _database.Psql(
                $"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}' AND tablename IN ('t', 'VersionInfo')"
            ),
            Is.EqualTo("2")
        );
        Assert.That(chosen.IsSame(all), "what guards one guards the other");
    }

    private string ChecksumIn(string schema) =>
        _database.Psql($"""SELECT "Checksum" FROM {schema}."VersionJournal" LIMIT 1""");

    private void Succeed(string schema, MigrationRequest request) =>
        Succeed(
            new PostgresDatabase(
                new PostgresConnectionText(static _ => null).ParseAdo(
                    $"{_database.ConnectionString};Search Path={schema}"
                )
            ),
            request
        );

    private static void Succeed(IDatabase database, MigrationRequest request)
    {
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
