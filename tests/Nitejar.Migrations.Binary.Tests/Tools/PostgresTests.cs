namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Tests that each work in a database of their own on a real server, migrated by the script.</summary>
public abstract class PostgresTests : WorkplaceTests
{
    private ThrowawayDatabase? _database;

    [SetUp]
    public void Migrate()
    {
        _database = PostgresServer.Shared().CreateDatabase();
        Query(Script("up"));
    }

    [TearDown]
    public void DropDatabase() => _database?.Dispose();

    private protected string Script(string direction) =>
        Place.Run("script", direction, "--provider", "postgres").Exits(0).Output;

    private protected string Query(string sql) => _database!.Psql(sql);
}
