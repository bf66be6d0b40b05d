namespace Nitejar.Migrations.Postgres.Schema.Scripts;

/// <summary>The queries that tell in which order a schema can be made. $1 is the schema.</summary>
internal static class OrderQueries
{
    /// <summary>
    /// What has to be made before what: pairs of numbers, each with a letter for its kind before it. A view stands for its
    /// query, a table for its defaults and constraints; foreign keys and owners of sequences come later.
    /// </summary>
    public const string Dependencies = """
        WITH node (catalog, id, name) AS (
            SELECT 'pg_class'::regclass, c.oid, CASE WHEN c.relkind = 'c' THEN 't' || c.reltype::text ELSE 'c' || c.oid::text END
            FROM pg_class AS c WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
            UNION ALL
            SELECT 'pg_type'::regclass, t.oid, CASE WHEN c.oid IS NULL OR c.relkind = 'c' THEN 't' || b.oid::text ELSE 'c' || c.oid::text END
            FROM pg_type AS t
            JOIN pg_type AS b ON b.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0::oid THEN t.typelem ELSE t.oid END
            LEFT JOIN pg_class AS c ON c.oid = b.typrelid
            WHERE t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text)
            UNION ALL
            SELECT 'pg_proc'::regclass, p.oid, 'p' || p.oid::text
            FROM pg_proc AS p WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text)
            UNION ALL
            SELECT 'pg_rewrite'::regclass, r.oid, 'c' || r.ev_class::text FROM pg_rewrite AS r WHERE r.rulename = '_RETURN'
            UNION ALL
            SELECT 'pg_attrdef'::regclass, a.oid, 'c' || a.adrelid::text FROM pg_attrdef AS a
            UNION ALL
            SELECT 'pg_constraint'::regclass, k.oid, CASE WHEN k.conrelid <> 0::oid THEN 'c' || k.conrelid::text ELSE 't' || k.contypid::text END
            FROM pg_constraint AS k WHERE k.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND k.contype <> 'f'
        )
        SELECT DISTINCT f.name, t.name
        FROM pg_depend AS d
        JOIN node AS f ON f.catalog = d.classid AND f.id = d.objid
        JOIN node AS t ON t.catalog = d.refclassid AND t.id = d.refobjid
        WHERE f.name <> t.name AND NOT EXISTS (SELECT 1 FROM pg_sequence AS s WHERE d.classid = 'pg_class'::regclass AND s.seqrelid = d.objid)
        """;

    /// <summary>Extensions in the schema, with the statement that makes each.</summary>
    public const string Extensions = """
        SELECT 'CREATE EXTENSION IF NOT EXISTS ' || pg_catalog.quote_ident(e.extname::text)
        FROM pg_extension AS e
        WHERE e.extnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text)
        ORDER BY e.extname COLLATE "C"
        """;
}
