using Npgsql;

namespace Nitejar.Tests;

/// <summary>A database of a test on a <see cref="PostgresServer"/>, dropped when it is disposed, whoever is connected.</summary>
internal sealed class ThrowawayDatabase(PostgresServer server, string name) : IDisposable
{
    public string Name => name;

    /// <inheritdoc cref="PostgresServer.ConnectionString"/>
    public string ConnectionString => server.ConnectionString(name);

    /// <inheritdoc cref="PostgresServer.Psql"/>
    public string Psql(string sql) => server.Psql(name, sql);

    /// <inheritdoc cref="PostgresServer.Dump"/>
    public string Dump(bool withRows = false) => server.Dump(name, withRows);

    /// <summary>Executes SQL.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Drops every schema, whatever its name, for the next test: it must not depend on which one ran before it.</summary>
    public void Empty() =>
        Execute(
            """
            DO $$
            DECLARE schema text;
            BEGIN
              FOR schema IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
                EXECUTE format('DROP SCHEMA %I CASCADE', schema);
              END LOOP;
            END $$;
            CREATE SCHEMA public
            """
        );

    public void Dispose() => server.Drop(name);
}
