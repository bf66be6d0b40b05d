using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Trust.Drifting;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Tests.Fixtures;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>A database as Nitejar's own migrations leave it, and what the engine makes of it.</summary>
internal sealed class KyselyDatabase : IDisposable
{
    private static readonly TransactionSettings NoWait = new(
        TimeSpan.Zero,
        StatementTimeout: null,
        (_, _) => { }
    );

    private readonly TemporaryFolder _folder = new();
    private readonly MigrationCatalog _catalog = ReleasedMigrations.Catalog;

    public KyselyDatabase(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public string Path => _folder["nitejar.db"];

    public SqliteDatabase Database => new(Path);

    public byte[] Bytes => File.ReadAllBytes(Path);

    public void Dispose() => _folder.Dispose();

    public DryRunResult Preview(MigrationRequest request) =>
        new DryRun(Database, _catalog).Preview(request, NoWait);

    public RunResult Run(MigrationRequest request) =>
        new Engine.Running.MigrationRunner(Database, _catalog, () => RunOrigin.Current("test")).Run(
            request,
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest),
            new Silent(),
            CancellationToken.None
        );

    /// <summary>Runs and expects success.</summary>
    public RunResult Succeed(MigrationRequest request)
    {
        var result = Run(request);
        Assert.That(result.Failure, Is.Null);
        return result;
    }

    public DriftReport Drift()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return new DriftSurvey(Database, _catalog).Find(reader);
    }

    /// <summary>What <c>status</c> says of it.</summary>
    public IReadOnlyList<string> DriftMentioned()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return DriftMention.Of(reader, HistoryReader.Read(reader));
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public string[] Query(string sql)
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

        return [.. rows];
    }

    /// <summary>The schema and every row, without the migrator's own tables.</summary>
    public string Dump()
    {
        const string others = "name NOT LIKE 'Version%' AND tbl_name NOT LIKE 'Version%'";
        var objects = Query(
            $"SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE {others} ORDER BY type, name"
        );
        var tables = Query(
            $"SELECT name FROM sqlite_master WHERE type = 'table' AND {others} AND name <> 'sqlite_sequence' ORDER BY name"
        );
        return string.Join(
            '\n',
            objects.Concat(tables.SelectMany(t => Query($"SELECT * FROM \"{t}\"").Prepend(t)))
        );
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            $"Data Source={Path};Pooling=False;Foreign Keys=False"
        );
        connection.Open();
        return connection;
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
