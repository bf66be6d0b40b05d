namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>The queries that read sequences, routines and types. $1 is the schema; $2 a table, or NULL for all.</summary>
internal static class ObjectQueries
{
    public static readonly string Sequences = $"""
        SELECT c.oid::bigint, c.relname::text, {SequenceDefinition}, coalesce(d.refobjid, 0)::bigint, coalesce(d.refobjsubid, 0)::int, coalesce(d.deptype = 'i', false)
        FROM pg_sequence AS s
        JOIN pg_class AS c ON c.oid = s.seqrelid
        LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0
            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND ($2::text IS NULL OR d.refobjid = (
                SELECT t.oid FROM pg_class AS t WHERE t.relnamespace = c.relnamespace AND t.relname = $2::text))
            AND {PostgresCatalog.IsOfNoExtension("pg_class", "c.oid")}
        ORDER BY c.relname COLLATE "C"
        """;

    /// <summary>Functions, procedures and aggregates.</summary>
    public static readonly string Routines = $"""
        SELECT p.oid::bigint, CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
            p.oid::regprocedure::text, CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) ELSE {AggregateDefinition} END
        FROM pg_proc AS p
        WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND $2::text IS NULL
            AND {PostgresCatalog.IsMadeByItself("p.oid")}
        ORDER BY 3
        """;

    public static readonly string Types = $"""
        SELECT t.oid::bigint, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, t.typname::text,
            CASE t.typtype
                WHEN 'e' THEN 'CREATE TYPE ' || pg_catalog.quote_ident(t.typname::text) || ' AS ENUM (' || coalesce((
                    SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel::text), ', '::text ORDER BY e.enumsortorder)
                    FROM pg_enum AS e WHERE e.enumtypid = t.oid), '') || ')'
                WHEN 'd' THEN 'CREATE DOMAIN ' || pg_catalog.quote_ident(t.typname::text) || ' AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
                    || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation::text ELSE '' END
                    || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                    || coalesce((
                        SELECT pg_catalog.string_agg(' CONSTRAINT ' || pg_catalog.quote_ident(k.conname::text) || ' ' || pg_catalog.pg_get_constraintdef(k.oid), ''::text ORDER BY k.conname)
                        FROM pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
                WHEN 'c' THEN 'CREATE TYPE ' || pg_catalog.quote_ident(t.typname::text) || ' AS (' || coalesce((
                    SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname::text) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', '::text ORDER BY a.attnum)
                    FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
                ELSE 'CREATE TYPE ' || pg_catalog.quote_ident(t.typname::text) || ' AS RANGE (subtype = '
                    || (SELECT pg_catalog.format_type(r.rngsubtype, NULL::int) FROM pg_range AS r WHERE r.rngtypid = t.oid) || ')'
            END
        FROM pg_type AS t
        LEFT JOIN pg_type AS b ON b.oid = t.typbasetype
        LEFT JOIN pg_class AS c ON c.oid = t.typrelid
        WHERE t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND $2::text IS NULL
            AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
            AND {PostgresCatalog.IsOfNoExtension("pg_type", "t.oid")}
        ORDER BY t.typname COLLATE "C"
        """;

    /// <summary>Of an aggregate, what most have; one over ordered sets is written without its order.</summary>
    private const string AggregateDefinition = """
        (SELECT 'CREATE AGGREGATE ' || p.oid::regprocedure::text || ' (SFUNC = ' || g.aggtransfn::regproc::text
                || ', STYPE = ' || pg_catalog.format_type(g.aggtranstype, NULL::int)
                || CASE WHEN g.aggfinalfn <> 0::oid THEN ', FINALFUNC = ' || g.aggfinalfn::regproc::text ELSE '' END
                || CASE WHEN g.aggcombinefn <> 0::oid THEN ', COMBINEFUNC = ' || g.aggcombinefn::regproc::text ELSE '' END
                || coalesce(', INITCOND = ' || pg_catalog.quote_literal(g.agginitval), '')
                || CASE p.proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END || ')'
            FROM pg_aggregate AS g WHERE g.aggfnoid = p.oid)
        """;

    private const string SequenceDefinition = """
        'AS ' || pg_catalog.format_type(s.seqtypid, NULL::int) || ' START WITH ' || s.seqstart::text || ' INCREMENT BY ' || s.seqincrement
            || ' MINVALUE ' || s.seqmin::text || ' MAXVALUE ' || s.seqmax::text || ' CACHE ' || s.seqcache::text || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
        """;
}
