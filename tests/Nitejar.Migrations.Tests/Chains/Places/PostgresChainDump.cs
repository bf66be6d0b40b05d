using System.Data.Common;
using System.Globalization;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Places;

/// <summary>Reads all that a PostgreSQL database holds, by queries of its own and not by those of the engine.</summary>
internal static class PostgresChainDump
{
    private const string OfTables =
        "FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'VersionJournal%' AND c.relname NOT LIKE 'VersionArchive%'";

    private static readonly string[] s_schema =
    [
        $"SELECT 'relation ' || c.relkind::text || ' ' || c.relname || coalesce(' ' || array_to_string(c.relacl, ','), '') || CASE WHEN c.relrowsecurity THEN ' policies' ELSE '' END || coalesce(' ' || obj_description(c.oid), '') {OfTables} AND c.relkind <> 'i'",
        $"""
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
                || a.attidentity::text || ' ' || a.attgenerated::text || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute AS a JOIN (SELECT c.* {OfTables} AND c.relkind = 'r') AS c ON c.oid = a.attrelid
                LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped
            """,
        "SELECT 'constraint ' || k.conrelid::regclass || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint AS k WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n' AND k.conrelid::regclass::text !~ 'Version(Journal|Archive)'",
        "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename !~ 'Version(Journal|Archive)'",
        "SELECT 'trigger ' || pg_get_triggerdef(g.oid) || g.tgenabled::text FROM pg_trigger AS g WHERE NOT g.tgisinternal",
        "SELECT 'function ' || p.proname FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace",
        "SELECT 'policy ' || policyname || ' ' || tablename || ' ' || coalesce(qual, '') FROM pg_policies",
        "SELECT 'type ' || t.typname || ' ' || t.typtype::text FROM pg_type AS t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')",
    ];

    public static ChainDump Of(DbConnection connection)
    {
        var tables = connection
            .Column($"SELECT c.relname::text {OfTables} AND c.relkind = 'r'")
            .Where(name => name != "VersionInfo")
            .ToArray();
        return new ChainDump(
            [.. s_schema.SelectMany(connection.Column).Order(StringComparer.Ordinal)],
            connection.Column(
                "SELECT \"Version\" || ' ' || \"Description\" FROM \"VersionInfo\" ORDER BY \"Version\""
            ),
            tables.ToDictionary(name => name, name => Rows(connection, name)),
            Counters(connection, tables)
        );
    }

    /// <summary>The rows of a table in an order of their own, values as SQL; none where there is no such table.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(
        DbConnection connection,
        string table
    )
    {
        // As one text a row, so that nothing depends on what the driver makes of a type.
        var columns = connection.Column(
            $"""
            SELECT a.attname::text FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relname = '{table}' AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """
        );
        if (columns.Count == 0)
        {
            return [];
        }

        var values = columns.Select(column =>
            $"CASE WHEN pg_typeof(\"{column}\") IN ('int8'::regtype, 'int4'::regtype) THEN coalesce(\"{column}\"::text, 'NULL') ELSE quote_nullable(\"{column}\"::text) END"
        );
        var rows = connection.Column(
            $"SELECT concat_ws(chr(31), {string.Join(", ", values)}) FROM \"{table}\" ORDER BY 1"
        );
        return
        [
            .. rows.Select(row => row.Split('\u001f'))
                .Select(cells =>
                    columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)
                ),
        ];
    }

    private static Dictionary<string, long> Counters(DbConnection connection, string[] tables)
    {
        var counters = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            var sequence = connection.Column(
                $"SELECT pg_get_serial_sequence('\"{table}\"', 'id') WHERE pg_get_serial_sequence('\"{table}\"', 'id') IS NOT NULL"
            );
            if (sequence is [var name])
            {
                var last = connection.Column(
                    $"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {name}"
                )[0];
                counters[table] = long.Parse(last, CultureInfo.InvariantCulture);
            }
        }

        return counters.Where(counter => counter.Value > 0).ToDictionary();
    }
}
