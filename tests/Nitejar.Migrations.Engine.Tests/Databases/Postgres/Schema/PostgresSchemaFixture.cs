using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>Tests in a database of their own, with a connection as a run has it.</summary>
public abstract class PostgresSchemaFixture
{
    private protected ThrowawayDatabase Database { get; private set; } = null!;

    private protected NpgsqlConnection Connection { get; private set; } = null!;

    private protected PostgresTables Tables => new(Connection, "public", "VersionInfo");

    [SetUp]
    public void Connect()
    {
        Database = EmptyDatabases.Take();
        Connection = Open(Database);
    }

    [TearDown]
    public void Disconnect()
    {
        Connection?.Dispose();
        Database?.Dispose();
    }

    private protected static NpgsqlConnection Open(ThrowawayDatabase database)
    {
        var connection = new NpgsqlConnection(
            database.ConnectionString + ";Server Compatibility Mode=NoTypeLoading"
        );
        connection.Open();
        return connection;
    }

    private protected void Execute(string sql) => Connection.Execute(sql);
}
