using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Nitejar.Migrations.Postgres.Sql.Parsing;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>What PostgreSQL says of the tables of one schema. Partitions belong to the table whose rows they hold.</summary>
/// <param name="connection">The connection.</param>
/// <param name="schema">The schema.</param>
/// <param name="versionTable">The table of applied versions; <see langword="null"/> where another schema has it.</param>
internal sealed class PostgresTables(
    NpgsqlConnection connection,
    string schema,
    string? versionTable
) : ITables
{
    /// <summary>Reads how objects are defined; <see langword="null"/> on an engine whose catalogs do not say so.</summary>
    public Func<IReadOnlyList<ObjectDefinition>?>? Definitions { get; init; }

    public IReadOnlyList<ObjectDefinition>? ReadDefinitions() => Definitions?.Invoke();

    public IReadOnlyList<string> ReadNames() =>
        connection.Query(
            $"""
            SELECT c.relname::text FROM pg_class AS c
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname <> @history AND {PostgresCatalog.IsNotOwn("c.relname")} AND {PostgresCatalog.IsOfNoExtension(
                "pg_class",
                "c.oid"
            )}
            ORDER BY c.relname COLLATE "C"
            """,
            row => row.GetString(0),
            ("@schema", schema),
            ("@history", versionTable ?? "")
        );

    public StoredTable? Find(string table)
    {
        var columns = connection.Query(
            $"""
            SELECT CASE WHEN c.relhassubclass THEN 'p' ELSE c.relkind::text END, a.attname::text, coalesce(k.position, 0)::int,
                a.atttypid IN ('bigint'::regtype, 'integer'::regtype, 'smallint'::regtype), c.relfilenode::text
            FROM pg_class AS c
            LEFT JOIN pg_attribute AS a
                ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            LEFT JOIN (pg_index AS i CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k (number, position))
                ON i.indrelid = c.oid AND i.indisprimary AND k.number = a.attnum AND k.position <= i.indnkeyatts
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND c.relname = @table AND c.relkind IN ('r', 'p', 'f')
            ORDER BY a.attnum
            """,
            row =>
                (
                    Kind: row.GetString(0),
                    Name: row.Text(1),
                    KeyPosition: row.GetInt32(2),
                    IsWhole: !row.IsDBNull(3) && row.GetBoolean(3),
                    Storage: row.GetString(4)
                ),
            ("@schema", schema),
            ("@table", table)
        );
        if (columns.Count == 0)
        {
            return null;
        }

        // A foreign table's rows live where its server keeps them. Rows have no number that could be written again, and
        // no two tables of a partitioned one tell their rows' places apart.
        var kind = columns[0].Kind;
        var key = columns.Where(c => c.KeyPosition > 0).OrderBy(c => c.KeyPosition).ToArray();
        var hasPlaces = key.Length == 0 && kind == "r";
        return new StoredTable(
            table,
            $"{Identifier.Quote(schema)}.{Identifier.Quote(table)}",
            [.. columns.Select(column => column.Name).OfType<string>()],
            [.. key.Select(column => column.Name!)]
        )
        {
            Names = StringComparer.Ordinal,
            IsVirtual = kind == "f",
            Number = key is [{ IsWhole: true } number] ? number.Name : null,
            RowPlace = hasPlaces ? "ctid" : null,
            Storage = hasPlaces ? columns[0].Storage : null,
        };
    }

    public bool Exists(string table) =>
        connection.Any(
            $"SELECT 1 FROM pg_class WHERE relnamespace = {PostgresCatalog.SchemaId} AND relname = @table AND relkind IN ('r', 'p', 'f')",
            ("@schema", schema),
            ("@table", table)
        );

    /// <summary>Sequences and types count as tables: these are the names that a table cannot have beside them.</summary>
    public IReadOnlyList<NamedObject> ReadObjects() =>
        connection.Query(
            $"""
            SELECT c.relkind::text, c.relname::text, coalesce(t.relname, c.relname)::text
            FROM pg_class AS c
            LEFT JOIN pg_index AS i ON i.indexrelid = c.oid
            LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S'
            LEFT JOIN pg_class AS t ON t.oid = coalesce(i.indrelid, d.refobjid)
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND c.relkind <> 't'
            UNION ALL
            SELECT 'type', t.typname::text, t.typname::text FROM pg_type AS t
            WHERE t.typnamespace = {PostgresCatalog.SchemaId} AND t.typrelid = 0 AND t.typcategory <> 'A'
            UNION ALL
            SELECT 'trigger', g.tgname::text, c.relname::text
            FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND NOT g.tgisinternal
            """,
            row => new NamedObject(KindOf(row.GetString(0)), row.GetString(1), row.GetString(2)),
            ("@schema", schema)
        );

    public bool IsHidden(string table) =>
        connection.Any(
            "SELECT 1 FROM pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema() AND relname = @table AND relkind IN ('r', 'p', 'v')",
            ("@table", table)
        );

    public Table? Read(string table) => PostgresSchemaReader.ReadTable(connection, schema, table);

    public DatabaseSchema ReadSchema() =>
        PostgresSchemaReader.ReadSchema(connection, schema, versionTable);

    public IReadOnlyList<DeleteAction> ReadDeleteActions() =>
        connection.Query(
            $"""
            SELECT c.relname::text, a.attname::text, p.relname::text, k.confdeltype = 'c'
            FROM pg_constraint AS k
            JOIN pg_class AS c ON c.oid = k.conrelid
            JOIN pg_class AS p ON p.oid = k.confrelid
            JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd')
                AND NOT c.relispartition
            """,
            row => new DeleteAction(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                Cascades: row.GetBoolean(3)
            ),
            ("@schema", schema)
        );

    public IReadOnlyList<TableLock> ReadLocks(IEnumerable<Statement> statements) =>
        TableLockQuery.Read(connection, schema, PostgresLocks.Of(statements));

    public bool MayReplaceRows() =>
        connection.Any(
            $"""
            SELECT 1 FROM pg_class AS c
            WHERE c.relnamespace = {PostgresCatalog.SchemaId} AND c.relkind IN ('r', 'p', 'v', 'f') AND (
                EXISTS (SELECT 1 FROM pg_trigger AS g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
                OR EXISTS (SELECT 1 FROM pg_rewrite AS r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN')
            )
            LIMIT 1
            """,
            ("@schema", schema)
        );

    private static EffectKind KindOf(string kind) =>
        kind switch
        {
            "i" or "I" => EffectKind.MakeIndex,
            "v" or "m" => EffectKind.MakeView,
            "trigger" => EffectKind.MakeTrigger,
            "r" or "p" or "f" or "S" or "c" or "type" => EffectKind.MakeTable,
            _ => throw PostgresCatalog.Unknown("kind of relation", kind),
        };
}
