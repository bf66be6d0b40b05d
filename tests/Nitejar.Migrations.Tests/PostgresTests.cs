using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Tests;

/// <summary>The project's own migrations on PostgreSQL.</summary>
public sealed class PostgresTests
{
    private ThrowawayDatabase _database = null!;

    [SetUp]
    public void MakeDatabase() => _database = PostgresServer.Shared().CreateDatabase();

    [TearDown]
    public void DropDatabase() => _database.Dispose();

    [TestCase]
    [TestCase("plugin-instances")]
    public void Every_migration_is_verified_with_rows_in_every_table(params string[] tags)
    {
        var report = new Verification(
            DatabaseOf(_database),
            MigrationCatalog.From(MigrationIndex.All),
            () => RunOrigin.Current("1.0.0")
        ).Run(new VerifySettings { Tags = tags }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Migrations.SelectMany(m => m.Findings), Is.Empty);
            Assert.That(report.Whole.SelectMany(w => w.Findings), Is.Empty);
            Assert.That(report.Passed, Is.True);
            Assert.That(
                report.Migrations.SelectMany(m => m.Notes),
                Has.None.Contains("has no rows")
            );
        }

        Assert.That(
            _database.Psql(
                "SELECT count(*) FROM pg_database WHERE datname LIKE 'nitejar_scratch%'"
            ),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void Their_schema_is_made_again_by_its_script()
    {
        _database.Psql(
            new MigrationScripter(
                MigrationCatalog.From(MigrationIndex.All),
                PostgresDriver.Instance
            ).Write(new ScriptRange(Direction.Up, null, null))
        );
        using var reader = DatabaseOf(_database).OpenReader(TimeSpan.Zero)!;
        using var copy = PostgresServer.Shared().CreateDatabase();

        copy.Psql(string.Join('\n', reader.ReadSchemaScript()));

        _database.Psql("DROP TABLE \"VersionInfo\"");
        Assert.That(copy.Dump(), Is.EqualTo(_database.Dump()));
    }

    private static PostgresDatabase DatabaseOf(ThrowawayDatabase database) =>
        new(new PostgresConnectionText(static _ => null).ParseAdo(database.ConnectionString));
}
