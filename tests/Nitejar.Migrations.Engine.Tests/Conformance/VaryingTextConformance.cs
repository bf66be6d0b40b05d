using System.Globalization;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>A migration whose text differs from evaluation to evaluation has no checksum, and never counts as changed.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class VaryingTextConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly Dictionary<string, Func<object>> s_values = new()
    {
        ["guid"] = () => Guid.NewGuid(),
        ["random"] = () => Random.Shared.NextInt64(),
        ["now"] = () => DateTime.UtcNow,
        ["local"] = () => DateTime.Now,
        ["offset"] = () => DateTimeOffset.Now,
        ["today"] = () => DateTime.UtcNow.Date,
        ["unix"] = () => DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["unix-ms"] = () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        ["ticks"] = () => DateTime.UtcNow.Ticks,
    };

    private static IEnumerable<string> Kinds => s_values.Keys;

    [TestCaseSource(nameof(Kinds))]
    public void What_varies_has_no_checksum_and_does_not_count_as_changed(string kind)
    {
        var catalog = Catalog(s_values[kind]);
        Succeed(catalog, new UpRequest(To: 2));

        Assert.That(Checksums(), Is.EqualTo(new[] { "yes", "no" }));
        Assert.That(Changed(catalog), Is.Empty);
        Succeed(catalog, new UpRequest());
    }

    [TestCase("guid")]
    [TestCase("now")]
    public void A_checksum_of_an_earlier_release_does_not_count(string kind)
    {
        var catalog = Catalog(s_values[kind]);
        Succeed(catalog, new UpRequest(To: 2));
        Execute(
            "UPDATE \"VersionJournal\" SET \"Checksum\" = 'of another text' WHERE \"Version\" = 2"
        );

        Assert.That(Changed(catalog), Is.Empty);
        Succeed(catalog, new UpRequest());
    }

    [Test]
    public void Names_that_vary_do_not_count_as_changed()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "Named",
                m =>
                    m.Execute.Sql(
                        $"CREATE TABLE n (a integer CONSTRAINT \"{Guid.NewGuid()}\" UNIQUE)"
                    ),
                m => m.Execute.Sql("DROP TABLE n")
            )
        );
        Succeed(catalog, new UpRequest());

        Assert.That(Changed(catalog), Is.Empty);
    }

    [Test]
    public void What_has_changed_counts_also_where_it_holds_the_date_of_today()
    {
        Succeed(Catalog(() => 1), new UpRequest());
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        Assert.That(Changed(Catalog(() => today)), Is.EqualTo(new[] { "2_Seed" }));
    }

    [Test]
    public void Accepting_what_varies_records_no_checksum()
    {
        var catalog = Catalog(() => Guid.NewGuid());
        Succeed(Catalog(() => 1), new UpRequest());

        Succeed(catalog, new UpRequest(AcceptChanged: [2]));

        Assert.That(Changed(catalog), Is.Empty);
        Assert.That(
            Query("SELECT \"Checksum\" FROM \"VersionJournal\" ORDER BY \"Id\" DESC LIMIT 1"),
            Is.EqualTo(new[] { "" })
        );
    }

    private static MigrationCatalog Catalog(Func<object> value) =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Tables",
                "CREATE TABLE t (id integer, v text); CREATE TABLE old (d text DEFAULT '2020-01-02')",
                "DROP TABLE t; DROP TABLE old"
            ),
            MigrationsOf.Code(
                2,
                "Seed",
                m =>
                    m.Insert.IntoTable("t")
                        .Row(new Dictionary<string, object> { ["id"] = 1, ["v"] = value() }),
                m => m.Delete.FromTable("t").AllRows()
            ),
            MigrationsOf.Table(3, "Last")
        );

    private IEnumerable<string> Changed(MigrationCatalog catalog)
    {
        using var reader = Database.OpenReader(
            new TransactionSettings(TimeSpan.Zero, StatementTimeout: null, (_, _) => { }),
            CancellationToken.None
        )!;
        return
        [
            .. ChangedMigrations
                .Find(
                    catalog,
                    HistoryReader.Read(reader),
                    reader,
                    new MigrationCompiler(Database.Driver)
                )
                .Select(change => change.Id.ToString()),
        ];
    }

    private string[] Checksums() =>
        Query(
            "SELECT CASE WHEN \"Checksum\" IS NULL THEN 'no' ELSE 'yes' END FROM \"VersionJournal\" WHERE \"Version\" < 3 ORDER BY \"Id\""
        );
}
