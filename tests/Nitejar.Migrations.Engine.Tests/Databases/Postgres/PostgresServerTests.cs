using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres;

/// <summary>The server that tests run on.</summary>
public sealed class PostgresServerTests
{
    [Test]
    public void A_database_is_gone_when_it_is_disposed_whoever_is_connected()
    {
        var database = PostgresServer.Shared().CreateDatabase();
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();

        database.Dispose();

        Assert.That(
            PostgresServer
                .Shared()
                .Psql("postgres", $"SELECT FROM pg_database WHERE datname = '{database.Name}'"),
            Is.Empty
        );
    }

    [Test]
    public void A_dump_has_the_rows_where_they_are_asked_for()
    {
        using var database = PostgresServer.Shared().CreateDatabase();
        database.Psql("CREATE TABLE t AS SELECT 'a value' AS v");

        Assert.That(
            database.Dump(),
            Does.Contain("CREATE TABLE public.t").And.Not.Contain("a value")
        );
        Assert.That(database.Dump(withRows: true), Does.Contain("a value"));
    }

    [Test]
    public void A_server_of_a_tests_own_has_its_settings_and_leaves_nothing()
    {
        string folder;
        using (
            var server = PostgresServer.Start(
                new()
                {
                    ListensOnLoopback = true,
                    Parameters = new Dictionary<string, string> { ["lock_timeout"] = "7s" },
                }
            )
        )
        {
            folder = server.Host;
            using var connection = new NpgsqlConnection(
                $"Host=127.0.0.1;Port={server.Port};Username=postgres;Pooling=False"
            );
            connection.Open();
            using var command = new NpgsqlCommand("SHOW lock_timeout", connection);
            Assert.That(command.ExecuteScalar(), Is.EqualTo("7s"));
        }

        Assert.That(folder, Does.Not.Exist);
    }
}
