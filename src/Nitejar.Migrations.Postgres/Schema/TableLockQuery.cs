using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Nitejar.Migrations.Postgres.Sql.Parsing;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Finds the tables that wanted locks are of.</summary>
internal static class TableLockQuery
{
    /// <summary>The locks of tables that are there; a table that is wanted in several ways comes several times.</summary>
    public static IReadOnlyList<TableLock> Read(
        NpgsqlConnection connection,
        string schema,
        IReadOnlyList<WantedLock> wanted
    ) =>
        wanted.Count == 0
            ? []
            : connection.Query(
                $"""
                SELECT c.relname::text, w.number, greatest(c.reltuples, 0)::bigint,
                    pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
                FROM (VALUES {string.Join(", ", wanted.Select(Row))}) AS w (number, kind, name, key)
                JOIN pg_class AS c ON c.relnamespace = {PostgresCatalog.SchemaId} AND c.relkind IN ('r', 'p') AND CASE w.kind
                    WHEN 'name' THEN c.relname = w.name
                    WHEN 'index' THEN c.oid IN (
                        SELECT i.indrelid FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
                        WHERE x.relnamespace = c.relnamespace AND x.relname = w.name)
                    ELSE c.oid IN (
                        SELECT k.confrelid FROM pg_constraint AS k JOIN pg_class AS x ON x.oid = k.conrelid
                        WHERE k.contype = 'f' AND x.relnamespace = c.relnamespace AND x.relname = w.name
                            AND (w.key IS NULL OR k.conname = w.key))
                    END
                """,
                row =>
                {
                    var one = wanted[row.GetInt32(1)];
                    return new TableLock(row.GetString(0), one.Level)
                    {
                        RowsToWorkThrough = one.WorksThroughRows ? row.GetInt64(2) : 0,
                        CanBeTaken = row.GetBoolean(3),
                    };
                },
                ("@schema", schema)
            );

    private static string Row(WantedLock wanted, int number)
    {
        var kind = wanted.By switch
        {
            LockedBy.Name => "name",
            LockedBy.Index => "index",
            LockedBy.Child => "child",
            _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"({number}, '{kind}', {Literal(wanted.Name)}, {(wanted.ForeignKey is { } key ? Literal(key) : "NULL")}::text)"
        );
    }

    private static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'::text";
}
