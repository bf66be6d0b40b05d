namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>
/// Reads how tables, views, indexes and triggers are defined, in texts that depend neither on numbers of the catalogs nor on
/// settings. $1 is the schema, $2 the table of applied versions, $3 the numbers of constraints that are valid by the end of
/// the transaction.
/// </summary>
internal static class DefinitionQueries
{
    /// <summary>
    /// Has texts written in one way, for the rest of the transaction. The server locks a table before it writes an expression
    /// that names its columns: who keeps all others out of one is not waited for.
    /// </summary>
    public const string Settings = """
        SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident($1::text) || ', pg_temp', true),
            pg_catalog.set_config('quote_all_identifiers', 'off', true), pg_catalog.set_config('DateStyle', 'ISO', true),
            pg_catalog.set_config('IntervalStyle', 'postgres', true), pg_catalog.set_config('TimeZone', 'UTC', true),
            pg_catalog.set_config('extra_float_digits', '1', true), pg_catalog.set_config('lock_timeout', '100ms', true),
            $2::text, $3::text
        """;

    /// <summary>Rows of kind, name, the table that it belongs to, and its definition.</summary>
    public static readonly string All = $"""
        WITH r AS (
            SELECT c.*, c.relname::text AS name FROM pg_class AS c
            WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1::text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND c.relname <> $2::text AND {PostgresCatalog.IsNotOwn(
            "c.relname"
        )} AND {PostgresCatalog.IsOfNoExtension("pg_class", "c.oid")}
        )
        SELECT CASE WHEN r.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END, r.name, r.name, pg_catalog.concat_ws({NewLine},
            r.relkind, r.relpersistence, r.relrowsecurity, r.relforcerowsecurity, r.relreplident, r.reloptions,
            CASE WHEN r.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(r.oid) END,
            CASE WHEN r.relispartition THEN pg_catalog.pg_get_expr(r.relpartbound, r.oid) END,
            (SELECT pg_catalog.string_agg(i.inhparent::regclass::text, {NewLine} ORDER BY i.inhseqno) FROM pg_inherits AS i WHERE i.inhrelid = r.oid),
            CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(r.oid) END,
            (SELECT d.description FROM pg_description AS d WHERE d.objoid = r.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0),
            ({Columns}), ({Constraints}), ({Policies}), ({Rules}), ({Statistics}))
        FROM r
        UNION ALL
        SELECT 'index', x.relname::text, r.name,
            pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
        FROM r JOIN pg_index AS i ON i.indrelid = r.oid JOIN pg_class AS x ON x.oid = i.indexrelid
        WHERE NOT EXISTS (
            SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        UNION ALL
        SELECT 'trigger', g.tgname::text || ' on ' || r.name, r.name, pg_catalog.pg_get_triggerdef(g.oid, true) || g.tgenabled::text
        FROM r JOIN pg_trigger AS g ON g.tgrelid = r.oid JOIN pg_proc AS p ON p.oid = g.tgfoid
        WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND p.pronamespace <> pg_catalog.pg_my_temp_schema()
        """;

    private const string NewLine = @"E'\n'::text";

    private const string Columns = $"""
        SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' '::text, pg_catalog.quote_ident(a.attname::text),
            pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
            CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
            pg_catalog.pg_get_expr(e.adbin, e.adrelid), d.description), {NewLine} ORDER BY a.attnum)
        FROM pg_attribute AS a
        JOIN pg_type AS t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef AS e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
        LEFT JOIN pg_description AS d ON d.objoid = a.attrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum
        WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        """;

    /// <summary>What follows from a table's partitions, or from the table that it is one of, is left out.</summary>
    private const string Constraints = $"""
        SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' '::text, pg_catalog.quote_ident(k.conname::text), CASE
                WHEN k.oid::text = ANY (pg_catalog.string_to_array($3::text, ','::text))
                THEN pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID'::text, ''::text)
                ELSE pg_catalog.pg_get_constraintdef(k.oid)
            END), {NewLine} ORDER BY k.conname)
        FROM pg_constraint AS k
        WHERE k.conrelid = r.oid AND k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0
        """;

    private const string Policies = $"""
        SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' '::text, pg_catalog.quote_ident(p.polname::text), p.polpermissive, p.polcmd,
            (SELECT pg_catalog.string_agg(o.rolname::text, ','::text ORDER BY o.rolname) FROM pg_roles AS o WHERE o.oid = ANY (p.polroles)),
            pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)), {NewLine} ORDER BY p.polname)
        FROM pg_policy AS p WHERE p.polrelid = r.oid
        """;

    private const string Rules = $"""
        SELECT pg_catalog.string_agg(pg_catalog.pg_get_ruledef(w.oid), {NewLine} ORDER BY w.rulename)
        FROM pg_rewrite AS w WHERE w.ev_class = r.oid AND w.rulename <> '_RETURN'
        """;

    private const string Statistics = $"""
        SELECT pg_catalog.string_agg(pg_catalog.pg_get_statisticsobjdef(s.oid), {NewLine} ORDER BY s.stxname)
        FROM pg_statistic_ext AS s WHERE s.stxrelid = r.oid
        """;
}
