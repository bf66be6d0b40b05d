using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>
/// What keeps the migrator's own tables from being read or written: rows of table, flaw, name. The parameters are
/// <c>@schema</c>, <c>@history</c>, the table of applied versions, and <c>@table</c>, which is NULL for all of them.
/// </summary>
internal static class OwnTableQueries
{
    /// <summary>The word for a column, which is not a flaw.</summary>
    public const string Column = "column";

    private const string Own = $"""
        c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = @schema) AND (c.relname = @table OR (@table::text IS NULL AND (
            c.relname IN (@history, '{OwnNames.VersionJournal}', '{OwnNames.VersionArchive}', '{OwnNames.VersionLease}')
            OR c.relname::text ~ '^{OwnNames.VersionArchive}_[0-9]'::text)))
        """;

    /// <summary>What <see cref="AllThere"/> says where other objects with a definition are in the schema.</summary>
    public const string Others = "";

    /// <summary>Gives a row where the table <c>@table</c> is there. The server plans it in a fraction of the time that <see cref="Flaws"/> takes.</summary>
    public const string IsThere = $"SELECT c.relname::text FROM pg_class AS c WHERE {Own}";

    /// <summary>The names of those in the schema of the migrations, one for all tables of archived rows, and <see cref="Others"/>.</summary>
    public const string AllThere = $"""
        SELECT DISTINCT CASE WHEN c.relname::text ~ '^{OwnNames.VersionArchive}_[0-9]'::text THEN '{OwnNames.VersionArchive}_'
            WHEN {Own} THEN c.relname::text ELSE '{Others}' END
        FROM pg_class AS c
        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = @schema)
            AND ({Own} OR c.relkind IN ('r', 'p', 'v', 'm', 'f'))
        """;

    /// <summary>What every access meets. Types are those that runs and FluentMigrator use, and some that other tools do.</summary>
    public const string Flaws = $"""
        SELECT c.relname::text, 'kind', c.relkind::text, 0, false FROM pg_class AS c
        WHERE {Own} AND c.relkind <> 'r' AND (c.relkind IN ('v', 'm', 'f', 'p')
            OR c.relname IN (@history, '{OwnNames.VersionJournal}', '{OwnNames.VersionArchive}', '{OwnNames.VersionLease}'))
        UNION ALL
        SELECT c.relname::text, 'child', i.inhrelid::regclass::text, 0, false
        FROM pg_class AS c JOIN pg_inherits AS i ON i.inhparent = c.oid WHERE {Own} AND c.relkind = 'r'
        UNION ALL
        SELECT c.relname::text, 'security', '', 0, false FROM pg_class AS c
        WHERE {Own} AND c.relkind = 'r' AND c.relrowsecurity AND pg_catalog.row_security_active(c.oid)
        UNION ALL
        SELECT c.relname::text, 'generated', a.attname::text, 0, false
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid WHERE {Own} AND c.relkind = 'r' AND a.attgenerated <> ''
        UNION ALL
        SELECT c.relname::text, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod), 0, false
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relname::text !~ '^{OwnNames.VersionArchive}_'::text AND {Own} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            AND a.atttypid NOT IN ({Types})
        """;

    /// <summary>The columns of a table in their order.</summary>
    public const string Columns = $"""

        UNION ALL
        SELECT c.relname::text, '{Column}', a.attname::text, a.attnum::int, a.atttypid IN ({Texts})
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE {Own} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY 4
        """;

    /// <summary>
    /// The columns of the table <c>@table</c>, each with another word than that for one where it or its table is not quite
    /// ordinary. The server plans it in a fraction of the time that <see cref="Flaws"/> takes, which is then asked.
    /// </summary>
    public const string OrdinaryColumns = $"""
        SELECT c.relname::text, CASE WHEN c.relkind = 'r' AND NOT c.relhassubclass AND NOT c.relrowsecurity AND a.attgenerated = ''
            AND a.atttypid IN ({Types}) THEN '{Column}' ELSE '' END, coalesce(a.attname::text, ''), a.attnum::int,
            coalesce(a.atttypid IN ({Texts}), false)
        FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = @schema) AND c.relname = @table
        ORDER BY a.attnum
        """;

    /// <summary>What every write meets. Of archived rows only triggers and rules count: their tables are made like those they were in.</summary>
    public const string FlawsOfWriting = $"""

        UNION ALL
        SELECT c.relname::text, 'trigger', g.tgname::text, 0, false
        FROM pg_class AS c JOIN pg_trigger AS g ON g.tgrelid = c.oid WHERE {Own} AND NOT g.tgisinternal
        UNION ALL
        SELECT c.relname::text, 'rule', r.rulename::text, 0, false
        FROM pg_class AS c JOIN pg_rewrite AS r ON r.ev_class = c.oid WHERE {Own} AND c.relkind = 'r'
        UNION ALL
        SELECT c.relname::text, 'default', a.attname::text, 0, false
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE {Own} AND c.relkind = 'r' AND a.attgenerated = '' AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) !~ {Constant}::text
        UNION ALL
        SELECT c.relname::text, 'check', k.conname::text, 0, false
        FROM pg_class AS c JOIN pg_constraint AS k ON k.conrelid = c.oid WHERE {Own} AND k.contype IN ('c', 'x')
        UNION ALL
        SELECT c.relname::text, 'index', x.relname::text, 0, false
        FROM pg_class AS c JOIN pg_index AS i ON i.indrelid = c.oid JOIN pg_class AS x ON x.oid = i.indexrelid
        WHERE {Own} AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
        """;

    /// <summary>The defaults that a run has made are constants, of which nothing is evaluated.</summary>
    private const string Constant =
        """'^(''[^'']*''|-?[0-9]+)(::(text|character varying|bigint|integer|double precision))?$'""";

    /// <summary>text, varchar, bpchar and bytea, by the numbers that the server's own types have in every version: to look for one by its name takes longer than the rest of a short query.</summary>
    private const string Texts = "25, 1043, 1042, 17";

    /// <summary>Those, bigint, integer, smallint, double precision, real, numeric, boolean, date, timestamp and timestamptz.</summary>
    private const string Types = $"{Texts}, 20, 23, 21, 701, 700, 1700, 16, 1082, 1114, 1184";
}
