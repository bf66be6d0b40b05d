using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>A migration that asks for the connection string gets it, and a text that depends on it has no checksum.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class ConnectionStringConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly bool IsFile = typeof(TDatabase) == typeof(SqliteTestDatabase);

    [Test]
    public void It_leads_to_the_database_while_a_migration_runs()
    {
        Succeed(Catalog(m => $"'{m.ConnectionString}'"), new UpRequest());

        Execute("INSERT INTO t VALUES ('by itself')");
        var read = Query("SELECT v FROM t ORDER BY v DESC");
        Assert.That(read[0], Is.EqualTo("by itself"));
        using System.Data.Common.DbConnection connection = IsFile
            ? new Microsoft.Data.Sqlite.SqliteConnection(read[1])
            : new Npgsql.NpgsqlConnection(read[1]);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(2));
    }

    [Test]
    public void A_text_that_depends_on_it_has_no_checksum_and_does_not_count_as_changed()
    {
        var catalog = Catalog(m => $"'{m.ConnectionString}'");
        Succeed(catalog, new UpRequest(To: 2));
        Assert.That(Checksums(), Is.EqualTo(new[] { "yes", "no" }));

        Execute(
            "UPDATE \"VersionJournal\" SET \"Checksum\" = 'of a connection by another name' WHERE \"Version\" = 2"
        );
        Assert.That(Changed(catalog), Is.Empty);
        Succeed(catalog, new UpRequest());
    }

    [Test]
    public void A_text_that_does_not_depend_on_it_is_compared_as_any_other()
    {
        Succeed(Catalog(m => m.ConnectionString.Length > 0 ? "'a'" : "'b'"), new UpRequest(To: 2));

        Assert.That(Checksums(), Is.EqualTo(new[] { "yes", "yes" }));
        Assert.That(Changed(Catalog(_ => "'c'")), Is.EqualTo(new[] { "2_Named" }));
    }

    [Test]
    public void A_migration_that_does_not_ask_has_none() =>
        Assert.That(
            Run(
                MigrationsOf.Catalog(Named(m => $"'{m.ConnectionString.Length}'")),
                new UpRequest()
            ).Failure?.Message,
            Does.Contain("NullReferenceException")
        );

    private static KnownMigration Named(Func<FluentMigrator.Migration, string> value) =>
        MigrationsOf.Code(
            2,
            "Named",
            m => m.Execute.Sql($"INSERT INTO t VALUES ({value(m)})"),
            m => m.Execute.Sql("DELETE FROM t")
        );

    private static MigrationCatalog Catalog(Func<FluentMigrator.Migration, string> value) =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "Table", "CREATE TABLE t (v text)", "DROP TABLE t") with
            {
                ReadsConnectionString = true,
            },
            Named(value) with
            {
                ReadsConnectionString = true,
            },
            MigrationsOf.Table(3, "Last")
        );

    private IEnumerable<string> Changed(MigrationCatalog catalog)
    {
        using var reader = Database.OpenReader(NoWait, CancellationToken.None)!;
        return
        [
            .. ChangedMigrations
                .Find(catalog, HistoryReader.Read(reader), reader, MigrationCompiler.For(Database))
                .Select(change => change.Id.ToString()),
        ];
    }

    private string[] Checksums() =>
        Query(
            "SELECT CASE WHEN \"Checksum\" IS NULL THEN 'no' ELSE 'yes' END FROM \"VersionJournal\" WHERE \"Version\" < 3 ORDER BY \"Id\""
        );
}
