namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>The queries that read tables and views with their parts. $1 is the schema; $2 a table, or NULL for all.</summary>
internal static class TableQueries
{
    /// <summary>Separates texts in one value.</summary>
    public const char Separator = '\u001f';

    /// <summary>The condition that <c>c</c> is one of them.</summary>
    public const string Relation = """
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

    private const string QuotedCollation = "pg_catalog.quote_ident(o.collname::text)";
}
