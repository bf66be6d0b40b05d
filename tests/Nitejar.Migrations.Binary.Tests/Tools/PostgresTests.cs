namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Tests that each work in a database of their own on a real server, migrated by the script.</summary>
public abstract class PostgresTests : WorkplaceTests
{
    private PostgresServer? _server;
    private string _database = "";

    [OneTimeSetUp]
    public void StartServer() => _server = new PostgresServer();

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public void Migrate()
    {
        _database = $"d{Guid.NewGuid():N}";
        _server!.Create(_database);
        Query(Script("up"));
    }

    private protected string Script(string direction) =>
        Place.Run("script", direction, "--provider", "postgres").Exits(0).Output;

    private protected string Query(string sql) => _server!.Query(_database, sql);
}
