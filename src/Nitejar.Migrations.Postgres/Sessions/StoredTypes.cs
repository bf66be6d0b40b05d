using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// Types of a schema's own in tables that keep archived rows. Such a column would keep a migration from dropping its type,
/// so that from then on it holds texts, until its table has the type again.
/// </summary>
internal static class StoredTypes
{
    private const string AreStores = "c.relname ~ '^VersionArchive_[0-9]+$' AND c.relkind = 'r'";

    /// <summary>Lets columns of types that are not the server's own hold texts.</summary>
    public static void Release(NpgsqlConnection connection, string schema) =>
        Execute(
            connection,
            $"""
            SELECT format('ALTER TABLE %s ALTER COLUMN %I TYPE text', c.oid::regclass, a.attname)
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pg_type AS t ON t.oid = a.atttypid
            WHERE n.nspname = @schema AND {AreStores} AND a.attnum > 0 AND NOT a.attisdropped
                AND t.typnamespace <> 'pg_catalog'::regnamespace
            """,
            ("@schema", schema)
        );

    /// <summary>Gives columns that hold texts the types that columns of these names have in their table, where all of their texts are values of them.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="store">The table that keeps the rows, for SQL.</param>
    /// <param name="table">The table that they came from, for SQL.</param>
    /// <param name="tryExecute">Executes a statement that may fail.</param>
    public static void TakeBack(
        NpgsqlConnection connection,
        string store,
        string table,
        Func<string, bool> tryExecute
    )
    {
        var statements = connection.Query(
            """
            SELECT format('ALTER TABLE %1$s ALTER COLUMN %2$I TYPE %3$s USING %2$I::%3$s',
                s.attrelid::regclass, s.attname, format_type(a.atttypid, a.atttypmod))
            FROM pg_attribute AS s JOIN pg_attribute AS a ON a.attname = s.attname AND a.attrelid = to_regclass(@table)
                JOIN pg_type AS t ON t.oid = a.atttypid
            WHERE s.attrelid = to_regclass(@store) AND s.attnum > 0 AND NOT s.attisdropped AND s.atttypid = 'text'::regtype
                AND a.attnum > 0 AND t.typnamespace <> 'pg_catalog'::regnamespace
            """,
            row => row.GetString(0),
            ("@table", table),
            ("@store", store)
        );
        statements.ForEach(sql => tryExecute(sql));
    }

    private static void Execute(
        NpgsqlConnection connection,
        string query,
        (string Name, object? Value) parameter
    )
    {
        foreach (var sql in connection.Query(query, row => row.GetString(0), parameter))
        {
            connection.Execute(sql);
        }
    }
}
