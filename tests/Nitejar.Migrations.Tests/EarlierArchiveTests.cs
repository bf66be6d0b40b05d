using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests;

/// <summary>
/// What an earlier binary has archived and journaled stays readable: the fixture is the dump of a database on which the
/// binary of commit b89ae53 executed `up` and, once there were rows, `down --all --yes`.
/// </summary>
public sealed class EarlierArchiveTests
{
    private static readonly MigrationCatalog Catalog = MigrationCatalog.From(MigrationIndex.All);

    private static readonly string[] Rows =
    [
        "i1|github|Hub|{\"appId\":1}|global|1|1700000000|1700000001",
        "i2|telegram|Tele||global|1|1700000002|1700000003",
        "a1|Reviewer|||idle|1700000000|1700000001",
        "a2|Größe|||idle|1700000002|1700000003",
        "3|9000000001|octo||i1|1|2",
        "7|42|||i1|3|4",
        "1|11|octo/one||3|5|6",
        "2|12|octo/two||7|7|8",
        "a1|1|[\"read_repo\"]",
        "a2|2|[]",
        "github_installations|90",
        "github_repos|2",
    ];

    private static readonly string[] Queries =
    [
        "SELECT * FROM integrations",
        "SELECT * FROM agents",
        "SELECT * FROM github_installations",
        "SELECT * FROM github_repos",
        "SELECT * FROM agent_repo_capabilities",
        "SELECT * FROM sqlite_sequence WHERE name LIKE 'github%' ORDER BY name",
    ];

    private TemporaryFolder _folder = null!;

    private string Database => _folder["x.db"];

    [SetUp]
    public void LoadFixture()
    {
        _folder = new TemporaryFolder();
        var fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", "reverted-by-b89ae53.sql");
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(fixture);
        command.ExecuteNonQuery();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Its_rows_come_back()
    {
        Run(new UpRequest());

        Assert.That(Queries.SelectMany(Read), Is.EqualTo(Rows));
        Assert.That(
            Read("SELECT name FROM sqlite_master WHERE name GLOB 'VersionArchive*'"),
            Is.Empty
        );
    }

    [Test]
    public void They_come_back_again_after_another_Down()
    {
        Run(new UpRequest());
        Run(new DownRequest(All: true));
        Run(new UpRequest());

        Assert.That(Queries.SelectMany(Read), Is.EqualTo(Rows));
    }

    [Test]
    public void They_come_back_a_migration_at_a_time()
    {
        Run(new UpRequest(Steps: 1));
        Run(new UpRequest(Steps: 1));

        Assert.That(Queries.SelectMany(Read), Is.EqualTo(Rows));
    }

    [Test]
    public void Its_history_is_read()
    {
        using var reader = new SqliteDatabase(Database).OpenReader(TimeSpan.Zero)!;

        Assert.That(
            reader
                .ReadJournal()
                .Select(entry => $"{entry.Direction} {entry.Migration.Name} {entry.Outcome}"),
            Is.EqualTo(
                new[]
                {
                    "Up CoreTables Applied",
                    "Up GithubIntegration Applied",
                    "Down GithubIntegration Reverted",
                    "Down CoreTables Reverted",
                }
            )
        );
        Assert.That(reader.ReadArchives(), Has.Count.EqualTo(5));
    }

    private void Run(MigrationRequest request)
    {
        var result = new Engine.Running.MigrationRunner(
            new SqliteDatabase(Database),
            Catalog,
            () => RunOrigin.Current("test")
        ).Run(
            request,
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest),
            new Silent(),
            CancellationToken.None
        );
        Assert.That(result.Failure, Is.Null);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private List<string> Read(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }

        return rows;
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
}
