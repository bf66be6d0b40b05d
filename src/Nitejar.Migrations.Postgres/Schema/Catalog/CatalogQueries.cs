namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>The queries that read a schema, sent together. $1 is the schema; $2 a table, or NULL for all.</summary>
internal static class CatalogQueries
{
    /// <summary>Separates texts in one value.</summary>
    public const char Separator = '\u001f';

    /// <summary>
    /// Has names of the schema written without it, and all others with theirs, whatever the session's path is. It lasts until
    /// the end of the transaction, or until <see cref="End"/>.
    /// </summary>
    public const string Begin = """
        SELECT pg_catalog.set_config('nitejar.search_path', pg_catalog.current_setting('search_path'), true),
            pg_catalog.set_config('search_path', pg_catalog.quote_ident($1::text), true), pg_catalog.quote_ident($1::text), $2::text
        """;

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public const string End = """
        SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('nitejar.search_path'), true), $1::text, $2::text
        """;

    private const string Relation = """
        c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text)
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ($2::text IS NULL OR c.relname = $2::text)
        """;

    public static readonly string Relations = $"""
        SELECT c.oid::bigint, c.relname::text, c.relkind::text,
            CASE WHEN c.reloptions IS NOT NULL THEN (
                SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || '=' || pg_catalog.quote_literal(o.option_value), ', '::text)
                FROM pg_catalog.pg_options_to_table(c.reloptions) AS o
            ) END,
            c.relpersistence = 'u', c.relrowsecurity, c.relforcerowsecurity,
            CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
            CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
            (SELECT pg_catalog.string_agg(i.inhparent::regclass::text, ', '::text ORDER BY i.inhseqno) FROM pg_inherits AS i WHERE i.inhrelid = c.oid),
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
            CASE CASE WHEN c.relkind IN ('r', 'p') THEN c.relreplident END WHEN 'n' THEN 'NOTHING' WHEN 'f' THEN 'FULL' WHEN 'i' THEN (
                SELECT 'USING INDEX ' || pg_catalog.quote_ident(x.relname::text)
                FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident
            ) END,
            CASE WHEN c.relkind = 'f' THEN (
                SELECT pg_catalog.quote_ident(s.srvname::text) || coalesce(' OPTIONS (' || (
                    SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value), ', '::text)
                    FROM pg_catalog.pg_options_to_table(f.ftoptions) AS o) || ')', '')
                FROM pg_foreign_table AS f JOIN pg_foreign_server AS s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid
            ) END
        FROM pg_class AS c
        WHERE {Relation} AND ($2::text IS NOT NULL OR {PostgresCatalog.IsNotOwn("c.relname")})
            AND {PostgresCatalog.IsOfNoExtension("pg_class", "c.oid")}
        ORDER BY c.relname COLLATE "C"
        """;

    public const string Columns = $"""
        SELECT a.attrelid::bigint, a.attnum::int, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
            a.atttypid::bigint, a.atttypmod::int, a.attnotnull, a.attidentity::text, a.attgenerated::text,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid),
            CASE WHEN a.attcollation <> t.typcollation THEN (
                SELECT CASE WHEN o.collnamespace <> 'pg_catalog'::regnamespace THEN pg_catalog.quote_ident(n.nspname::text) || '.' ELSE '' END || {QuotedCollation}
                FROM pg_collation AS o JOIN pg_namespace AS n ON n.oid = o.collnamespace WHERE o.oid = a.attcollation
            ) END,
            CASE WHEN a.attstorage <> t.typstorage THEN
                CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' WHEN 'm' THEN 'MAIN' END
            END,
            a.attislocal
        FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid
        JOIN pg_type AS t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE {Relation} AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attrelid, a.attnum
        """;

    public const string Constraints = $"""
        SELECT k.conrelid::bigint, k.conname::text, k.contype::text, pg_catalog.pg_get_constraintdef(k.oid),
            k.convalidated, k.condeferrable, k.condeferred, k.conkey::text,
            k.confrelid::bigint, n.nspname::text, p.relname::text, k.confkey::text, k.confupdtype::text, k.confdeltype::text,
            k.conislocal AND k.conparentid = 0
        FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.conrelid
        LEFT JOIN pg_class AS p ON p.oid = k.confrelid
        LEFT JOIN pg_namespace AS n ON n.oid = p.relnamespace
        WHERE {Relation} AND k.contype IN ('p', 'u', 'c', 'f', 'x')
        ORDER BY k.conrelid, k.conname COLLATE "C"
        """;

    /// <summary>The columns that foreign keys refer to, in whatever schema they are.</summary>
    public const string ReferredColumns = $"""
        SELECT DISTINCT a.attrelid::bigint, a.attnum::int, a.attname::text
        FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.conrelid
        JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)
        WHERE {Relation} AND k.contype = 'f'
        """;

    public const string Indexes = $"""
        SELECT i.indrelid::bigint, x.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true),
            i.indisunique, i.indisvalid, i.indkey::text, i.indoption::text, i.indnkeyatts::int,
            CASE WHEN i.indexprs IS NOT NULL THEN (
                SELECT pg_catalog.string_agg(pg_catalog.pg_get_indexdef(i.indexrelid, n, true), E'\x1f'::text ORDER BY n)
                FROM pg_catalog.generate_series(1, i.indnkeyatts::int) AS n
            ) END,
            CASE WHEN i.indcollation::text ~ '[1-9]'::text AND i.indcollation::text !~ '^(0|100)( (0|100))*$'::text THEN (
                SELECT pg_catalog.string_agg(coalesce({QuotedCollation}, ''), E'\x1f'::text ORDER BY n)
                FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) AS n
                LEFT JOIN pg_collation AS o ON o.oid = i.indcollation[n] AND o.collname <> 'default'
            ) END,
            pg_catalog.pg_get_expr(i.indpred, i.indrelid), x.relispartition
        FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indrelid
        JOIN pg_class AS x ON x.oid = i.indexrelid
        WHERE {Relation} AND NOT EXISTS (
            SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
        )
        ORDER BY i.indrelid, x.relname COLLATE "C"
        """;

    /// <summary>Triggers, policies, rules and statistics.</summary>
    public const string Parts = $"""
        SELECT c.oid::bigint, 'trigger', g.tgname::text, pg_catalog.pg_get_triggerdef(g.oid, true)
        FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid
        WHERE {Relation} AND NOT g.tgisinternal AND g.tgparentid = 0
        UNION ALL
        SELECT c.oid::bigint, 'firing of', g.tgname::text,
            CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END
        FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid
        WHERE {Relation} AND NOT g.tgisinternal AND g.tgparentid = 0 AND g.tgenabled <> 'O'
        UNION ALL
        SELECT c.oid::bigint, 'policy', p.polname::text, 'CREATE POLICY ' || pg_catalog.quote_ident(p.polname::text) || ' ON ' || pg_catalog.quote_ident(c.relname::text)
            || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
            || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
            || coalesce(' TO ' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(r.rolname::text), ', '::text ORDER BY r.rolname) FROM pg_roles AS r WHERE r.oid = ANY (p.polroles)), '')
            || coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
            || coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
        FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
        WHERE {Relation}
        UNION ALL
        SELECT c.oid::bigint, 'rule', r.rulename::text, pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, true), ';'::text)
        FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
        WHERE {Relation} AND r.rulename <> '_RETURN'
        UNION ALL
        SELECT c.oid::bigint, 'statistics', s.stxname::text, pg_catalog.pg_get_statisticsobjdef(s.oid)
        FROM pg_statistic_ext AS s JOIN pg_class AS c ON c.oid = s.stxrelid
        WHERE {Relation}
        """;

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

    /// <summary>Comments on tables, views, their parts, sequences, routines and types.</summary>
    public const string Comments = $"""
        SELECT c.oid::bigint, CASE
            WHEN d.objsubid > 0 THEN 'COLUMN ' || c.oid::regclass::text || '.' || (
                SELECT pg_catalog.quote_ident(a.attname::text) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = d.objsubid)
            ELSE CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass::text
            END, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_class AS c ON c.oid = d.objoid
        WHERE d.classoid = 'pg_class'::regclass AND {Relation}
        UNION ALL
        SELECT coalesce(c.oid, 0)::bigint, CASE x.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'INDEX ' END || x.oid::regclass::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_class AS x ON x.oid = d.objoid
        LEFT JOIN pg_index AS i ON i.indexrelid = x.oid
        LEFT JOIN pg_class AS c ON c.oid = i.indrelid
        WHERE d.classoid = 'pg_class'::regclass AND x.relkind IN ('i', 'I', 'S')
            AND x.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND ($2::text IS NULL OR c.relname = $2::text)
        UNION ALL
        SELECT c.oid::bigint, 'CONSTRAINT ' || pg_catalog.quote_ident(k.conname::text) || ' ON ' || c.oid::regclass::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_constraint AS k ON k.oid = d.objoid
        JOIN pg_class AS c ON c.oid = k.conrelid
        WHERE d.classoid = 'pg_constraint'::regclass AND {Relation}
        UNION ALL
        SELECT c.oid::bigint, 'TRIGGER ' || pg_catalog.quote_ident(g.tgname::text) || ' ON ' || c.oid::regclass::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_trigger AS g ON g.oid = d.objoid
        JOIN pg_class AS c ON c.oid = g.tgrelid
        WHERE d.classoid = 'pg_trigger'::regclass AND {Relation}
        UNION ALL
        SELECT 0::bigint, CASE p.prokind WHEN 'a' THEN 'AGGREGATE ' WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || p.oid::regprocedure::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_proc AS p ON p.oid = d.objoid
        WHERE d.classoid = 'pg_proc'::regclass AND p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND $2::text IS NULL
        UNION ALL
        SELECT 0::bigint, CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || t.oid::regtype::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_type AS t ON t.oid = d.objoid
        WHERE d.classoid = 'pg_type'::regclass AND t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND $2::text IS NULL
        """;

    private const string QuotedCollation = "pg_catalog.quote_ident(o.collname::text)";

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
