using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Sql.Lexing;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>
/// Answers as stock FluentMigrator does: from information_schema, which shows what the role may use, with names compared
/// exactly. What names no schema is in the one that is migrated.
/// </summary>
internal sealed class PostgresSchemaQueries(NpgsqlConnection connection, string chosen)
    : ISchemaQueries
{
    public bool SchemaExists(string schema) =>
        connection.Any(
            "SELECT 1 FROM information_schema.schemata WHERE schema_name = @schema",
            ("@schema", SchemaOf(schema))
        );

    public bool TableExists(string? schema, string table) =>
        connection.Any(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = @schema AND table_name = @table",
            ("@schema", SchemaOf(schema)),
            ("@table", NameOf(table))
        );

    public bool ColumnExists(string? schema, string table, string column) =>
        connection.Any(
            "SELECT 1 FROM information_schema.columns WHERE table_schema = @schema AND table_name = @table AND column_name = @column",
            ("@schema", SchemaOf(schema)),
            ("@table", NameOf(table)),
            ("@column", NameOf(column))
        );

    public bool ConstraintExists(string? schema, string table, string constraint) =>
        connection.Any(
            "SELECT 1 FROM information_schema.table_constraints WHERE table_schema = @schema AND table_name = @table AND constraint_name = @constraint",
            ("@schema", SchemaOf(schema)),
            ("@table", NameOf(table)),
            ("@constraint", NameOf(constraint))
        );

    public bool IndexExists(string? schema, string table, string index) =>
        connection.Any(
            "SELECT 1 FROM pg_catalog.pg_indexes WHERE schemaname = @schema AND tablename = @table AND indexname = @index",
            ("@schema", SchemaOf(schema)),
            ("@table", NameOf(table)),
            ("@index", NameOf(index))
        );

    public bool SequenceExists(string? schema, string sequence) =>
        connection.Any(
            "SELECT 1 FROM information_schema.sequences WHERE sequence_schema = @schema AND sequence_name = @sequence",
            ("@schema", SchemaOf(schema)),
            ("@sequence", NameOf(sequence))
        );

    public bool DefaultValueExists(string? schema, string table, string column, string value) =>
        connection.Any(
            "SELECT 1 FROM information_schema.columns WHERE table_schema = @schema AND table_name = @table AND column_name = @column AND column_default::text LIKE '%' || @value || '%'",
            ("@schema", SchemaOf(schema)),
            ("@table", NameOf(table)),
            ("@column", NameOf(column)),
            ("@value", value)
        );

    public QueryRows Read(string sql)
    {
        var tokens = new PostgresTokens(sql);
        if (!tokens.Skip("SELECT") && !tokens.Skip("WITH"))
        {
            throw NotOneSelect(null);
        }

        try
        {
            return ReadOnly(sql);
        }
        catch (PostgresException e)
            when (e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
                || e.MessageText.StartsWith(
                    "cannot insert multiple commands",
                    StringComparison.Ordinal
                )
            )
        {
            throw NotOneSelect(e);
        }
        catch (PostgresException e)
        {
            throw new NotSupportedException(e.MessageText, e);
        }
        catch (InvalidCastException e)
        {
            throw new NotSupportedException(
                "A column of the SELECT has a type of the database's own; cast it to text.",
                e
            );
        }
    }

    /// <summary>
    /// The connection may be that of a run, so that what is read is read in a transaction inside its own, which is
    /// read-only and undone: a SELECT may call a function that writes.
    /// </summary>
    private QueryRows ReadOnly(string sql)
    {
        const string savepoint = "nitejar_read";
        var isInTransaction = TryBegin($"SAVEPOINT {savepoint}");
        if (!isInTransaction)
        {
            connection.Execute("BEGIN");
        }

        try
        {
            connection.Execute("SET LOCAL transaction_read_only = on");
            return Rows(sql);
        }
        finally
        {
            connection.Execute(
                isInTransaction
                    ? $"ROLLBACK TO SAVEPOINT {savepoint}; RELEASE SAVEPOINT {savepoint}"
                    : "ROLLBACK"
            );
        }
    }

    private bool TryBegin(string savepoint)
    {
        try
        {
            connection.Execute(savepoint);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.NoActiveSqlTransaction)
        {
            return false;
        }
    }

    /// <summary>Sent as part of a batch, the text is not cut into statements, and the server refuses a second one.</summary>
    private QueryRows Rows(string sql)
    {
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(sql) } };
        using var reader = batch.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(Array.ConvertAll(values, value => value is DBNull ? null : value));
        }

        return new QueryRows(
            [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)],
            rows
        );
    }

    private static NotSupportedException NotOneSelect(Exception? cause) =>
        new("A migration can only read with one SELECT while it is evaluated.", cause);

    private string SchemaOf(string? schema) =>
        string.IsNullOrEmpty(schema) ? chosen : NameOf(schema);

    /// <summary>FluentMigrator takes a name in double quotes for a quoted one.</summary>
    private static string NameOf(string name) =>
        name is ['"', .. var inside, '"']
            ? inside.Replace("\"\"", "\"", StringComparison.Ordinal)
            : name;
}
