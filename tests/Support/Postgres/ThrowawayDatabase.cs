using Npgsql;

namespace Nitejar.Tests;

/// <summary>A database of a test on a <see cref="PostgresServer"/>, dropped when it is disposed, whoever is connected.</summary>
internal sealed class ThrowawayDatabase(PostgresServer server, string name) : IDisposable
{
    private const string Emptying = """
        DO $$
        DECLARE schema text;
        BEGIN
          -- What a test has left open is an error, not a test run that never ends.
          PERFORM pg_catalog.set_config('lock_timeout', '60s', true);
          FOR schema IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', schema);
          END LOOP;
          CREATE SCHEMA public;
          COMMENT ON SCHEMA public IS 'standard public schema';
          IF current_setting('server_version_num')::integer >= 150000 THEN
            ALTER SCHEMA public OWNER TO pg_database_owner;
            GRANT USAGE ON SCHEMA public TO PUBLIC;
          ELSE
            GRANT ALL ON SCHEMA public TO PUBLIC;
          END IF;
        END $$
        """;

    /// <summary>What a schema does not take with it. Numbers below 16384 are those of a new database.</summary>
    private static readonly string[] Leftovers =
    [
        .. new[]
        {
            "pg_am",
            "pg_cast",
            "pg_default_acl",
            "pg_event_trigger",
            "pg_extension",
            "pg_foreign_data_wrapper",
            "pg_foreign_server",
            "pg_language",
            "pg_largeobject_metadata",
            "pg_publication",
            "pg_transform",
        }.Select(catalog => $"SELECT FROM {catalog} WHERE oid >= 16384"),
        "SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()",
    ];

    public string Name => name;

    /// <summary>Whether it is emptied for the next test in place of being dropped.</summary>
    public bool IsReused { get; init; }

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

    /// <summary>
    /// Drops every schema, whatever its name, for the next test, which finds <c>public</c> as in a new database: it must not
    /// depend on which test ran before it.
    /// </summary>
    /// <returns>Whether nothing is left, be it in no schema or a setting of the database.</returns>
    public bool Empty()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var emptying = new NpgsqlCommand(Emptying, connection);
        emptying.ExecuteNonQuery();
        using var asking = new NpgsqlCommand(
            $"SELECT NOT EXISTS ({string.Join(" UNION ALL ", Leftovers)})",
            connection
        );
        return (bool)asking.ExecuteScalar()!;
    }

    /// <summary>Of a database for the next test, what cannot be emptied is dropped as well.</summary>
    public void Dispose()
    {
        if (IsReused && Empty())
        {
            EmptyDatabases.Return(this);
        }
        else
        {
            server.Drop(name);
        }
    }
}
