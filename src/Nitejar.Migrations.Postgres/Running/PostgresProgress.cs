using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Running.Locks;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>How far a run is with an index, which may take hours.</summary>
internal static class PostgresProgress
{
    /// <summary>Asks the server, by a connection of its own: the run's is busy with the statement.</summary>
    /// <returns>What the server does at the moment; <see langword="null"/> where the run makes no index, and where the server cannot be asked.</returns>
    public static string? Read(PostgresTarget target)
    {
        try
        {
            using var connection = PostgresConnections.Open(target);
            var found = connection.Query(
                $"""
                SELECT 'index' || coalesce(' ' || i.relname, '') || ' of ' || t.relname || ': ' || p.phase || CASE
                    WHEN p.phase LIKE 'waiting%' AND p.lockers_total > 0 THEN format(' (%s of %s)', p.lockers_done, p.lockers_total)
                    WHEN p.phase LIKE '%tuples%' AND p.tuples_total > 0 THEN format(' (%s %%)', 100 * p.tuples_done / p.tuples_total)
                    WHEN p.blocks_total > 0 THEN format(' (%s %%)', 100 * p.blocks_done / p.blocks_total)
                    ELSE '' END
                FROM pg_stat_progress_create_index AS p JOIN pg_class AS t ON t.oid = p.relid
                    LEFT JOIN pg_class AS i ON i.oid = p.index_relid
                WHERE p.pid IN (SELECT l.pid FROM {PostgresAdvisoryLock.Held})
                LIMIT 1
                """,
                row => row.GetString(0),
                PostgresAdvisoryLock.KeyOf(target.Schema)
            );
            return found is [var progress] ? progress : null;
        }
        catch (Exception e) when (e is MigrateException || PostgresErrors.IsOfDriver(e))
        {
            // What only tells of a run must not disturb it.
            return null;
        }
    }
}
