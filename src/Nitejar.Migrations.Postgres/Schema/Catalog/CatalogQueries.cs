namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>The queries that read a schema, sent together. $1 is the schema; $2 a table, or NULL for all.</summary>
internal static class CatalogQueries
{
    /// <summary>
    /// Has names of the schema written without it, and all others with theirs, whatever the session's path is. It lasts until
    /// the end of the transaction, or until <see cref="End"/>.
    /// </summary>
    private const string Begin = """
        SELECT pg_catalog.set_config('nitejar.search_path', pg_catalog.current_setting('search_path'), true),
            pg_catalog.set_config('search_path', pg_catalog.quote_ident($1::text), true), pg_catalog.quote_ident($1::text), $2::text
        """;

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    private const string End = """
        SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('nitejar.search_path'), true), $1::text, $2::text
        """;

    /// <summary>All of them, in the order in which they are sent and their results are read.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Begin,
        TableQueries.Relations,
        TableQueries.Columns,
        TableQueries.Constraints,
        TableQueries.ReferredColumns,
        TableQueries.Indexes,
        TableQueries.Parts,
        ObjectQueries.Sequences,
        ObjectQueries.Routines,
        ObjectQueries.Types,
        Comments,
        End,
    ];

    /// <summary>Comments on tables, views, their parts, sequences, routines and types.</summary>
    private const string Comments = $"""
        SELECT c.oid::bigint, CASE
            WHEN d.objsubid > 0 THEN 'COLUMN ' || c.oid::regclass::text || '.' || (
                SELECT pg_catalog.quote_ident(a.attname::text) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = d.objsubid)
            ELSE CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass::text
            END, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_class AS c ON c.oid = d.objoid
        WHERE d.classoid = 'pg_class'::regclass AND {TableQueries.Relation}
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
        WHERE d.classoid = 'pg_constraint'::regclass AND {TableQueries.Relation}
        UNION ALL
        SELECT c.oid::bigint, 'TRIGGER ' || pg_catalog.quote_ident(g.tgname::text) || ' ON ' || c.oid::regclass::text, pg_catalog.quote_literal(d.description)
        FROM pg_description AS d
        JOIN pg_trigger AS g ON g.oid = d.objoid
        JOIN pg_class AS c ON c.oid = g.tgrelid
        WHERE d.classoid = 'pg_trigger'::regclass AND {TableQueries.Relation}
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
}
