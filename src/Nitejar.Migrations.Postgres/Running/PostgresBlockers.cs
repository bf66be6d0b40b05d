using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>Finds out who holds the tables that a statement wanted.</summary>
internal static class PostgresBlockers
{
    /// <summary>
    /// The session that has held one of them for the longest, or another table of the schema, since a foreign key makes a
    /// statement want its parent's too; <see langword="null"/> where none does any more.
    /// </summary>
    /// <param name="connection">A connection outside of a transaction.</param>
    /// <param name="schema">Where the migrations work.</param>
    /// <param name="busy">Why the statement failed.</param>
    public static string? Find(NpgsqlConnection connection, string schema, PostgresException busy)
    {
        var tables = busy.BatchCommand?.CommandText is { } sql
            ? PostgresStatement
                .Parse(sql)
                .Effects.SelectMany(effect => new[] { effect.Name, effect.Table?.Name })
            : [];
        var named = string.Join(
            ", ",
            tables
                .OfType<string>()
                .Distinct()
                .Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'")
        );
        var found = connection.Query(
            $"""
            SELECT coalesce(nullif(a.application_name, ''), 'a session') || ' (server process ' || a.pid
                || coalesce(', user ' || a.usename, '') || ', using ' || c.relname || ')'
            FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
                JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE l.granted AND l.pid <> pg_backend_pid() AND n.nspname = @schema
                AND c.relkind IN ('r', 'p')
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY {(
                named.Length == 0 ? "1" : $"c.relname NOT IN ({named})"
            )}, a.xact_start NULLS LAST LIMIT 1
            """,
            row => row.GetString(0),
            ("@schema", schema)
        );
        return found is [var holder] ? holder : null;
    }
}
