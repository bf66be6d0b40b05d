using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>Writes rows in one transaction, each in a savepoint: an error would end the transaction.</summary>
internal sealed class PostgresScratchWriter : IScratchWriter
{
    private const string Savepoint = "nitejar_row";

    private readonly NpgsqlConnection _connection;
    private readonly PostgresTables _tables;
    private readonly PostgresEdgeValues _values;
    private readonly string _schema;

    public PostgresScratchWriter(PostgresTarget target)
    {
        _schema = target.Schema;
        _connection = PostgresConnections.Open(target);
        _tables = new PostgresTables(_connection, _schema, target.VersionTableInSchema);
        _values = new PostgresEdgeValues(_connection);
        _connection.Execute(
            $"SET search_path = {Identifier.Quote(_schema)}; SET DateStyle = ISO; BEGIN; SET CONSTRAINTS ALL IMMEDIATE"
        );
    }

    public IReadOnlyList<object> EdgesOf(Table table, Column column) =>
        [.. PostgresCheckLiterals.Of(table, column), .. _values.EdgesOf(column)];

    public object OrdinaryValue(Column column, long number) => _values.Ordinary(column, number);

    public bool IsChecked(Table table, Column column) =>
        PostgresCheckLiterals.ChecksOf(table, column).Any() || _values.IsDomain(column);

    public IReadOnlyList<object?[]> ReadRows(
        ObjectName table,
        IReadOnlyList<string> columns,
        int limit,
        bool newestFirst = false
    )
    {
        if (table.Schema is not null || _tables.Find(table.Name) is not { HasKey: true } found)
        {
            return [];
        }

        var direction = newestFirst ? " DESC" : "";
        var order = found.PrimaryKey.Select(column => Identifier.Quote(column) + direction);
        var present = columns.Select(column => $"{Identifier.Quote(column)} IS NOT NULL");
        return _connection.Query(
            $"SELECT {ScratchValues.Read(_tables.Read(table.Name), columns)} FROM {found.Quoted} WHERE {string.Join(" AND ", present)} ORDER BY {string.Join(", ", order)} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}",
            ScratchValues.Of
        );
    }

    public WriteRefusal? Insert(Table table, IReadOnlyDictionary<string, object?> values)
    {
        var refusal = Write(InsertOf(table, values), [.. values.Values], keeps: true);
        if (refusal is null)
        {
            PassNumbers(table, values);
        }

        return refusal;
    }

    public WriteRefusal? Try(Table table, IReadOnlyDictionary<string, object?> values) =>
        Write(InsertOf(table, values), [.. values.Values], keeps: false);

    public void DeleteInserted(Table table)
    {
        // Only asked where numbers are never used again, of which this kind of database promises nothing.
        throw new NotSupportedException($"{table.Name}");
    }

    public WriteRefusal? Update(Table table, int place, IReadOnlyDictionary<string, object?> values)
    {
        if (_tables.Find(table.Name.Name) is not { HasKey: true } found)
        {
            return null;
        }

        var assignments = values.Keys.Select(
            (column, i) => $"{Identifier.Quote(column)} = {Parameter(i)}"
        );
        return Write(
            $"UPDATE {found.Quoted} SET {string.Join(", ", assignments)} WHERE ctid = (SELECT ctid FROM {found.Quoted} ORDER BY {StoredTable.List(found.PrimaryKey)} LIMIT 1 OFFSET {place.ToString(CultureInfo.InvariantCulture)})",
            [.. values.Values],
            keeps: true
        );
    }

    public long Count(Table table) => _connection.Number($"SELECT count(*) FROM {Quoted(table)}");

    public void Commit() => _connection.Execute("COMMIT");

    public void Dispose() => _connection.Dispose();

    private string Quoted(Table table) =>
        $"{Identifier.Quote(_schema)}.{Identifier.Quote(table.Name.Name)}";

    private string InsertOf(Table table, IReadOnlyDictionary<string, object?> values) =>
        values.Count == 0
            ? $"INSERT INTO {Quoted(table)} DEFAULT VALUES"
            : $"INSERT INTO {Quoted(table)} ({StoredTable.List(values.Keys)}) OVERRIDING SYSTEM VALUE VALUES ({string.Join(", ", values.Select((_, i) => Parameter(i)))})";

    private static string Parameter(int place) =>
        string.Create(CultureInfo.InvariantCulture, $"${place + 1}");

    /// <summary>A number that a row was given is not given again by the database, as where it counts from the highest one.</summary>
    private void PassNumbers(Table table, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var column in table.Columns)
        {
            if (
                column.IsIdentity
                && values.TryGetValue(column.Name, out var value)
                && value is long number
            )
            {
                _connection.Execute(
                    "SELECT setval(s, greatest(@number, nextval(s))) FROM (SELECT pg_get_serial_sequence(@table, @column)::regclass AS s) AS q WHERE s IS NOT NULL",
                    ("@number", number),
                    ("@table", Quoted(table)),
                    ("@column", column.Name)
                );
            }
        }
    }

    private WriteRefusal? Write(string sql, IReadOnlyList<object?> values, bool keeps)
    {
        using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
        batch.BatchCommands.Add(CommandOf(sql, values));
        if (!keeps)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"ROLLBACK TO {Savepoint}"));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand($"RELEASE {Savepoint}"));
        try
        {
            batch.ExecuteNonQuery();
            return null;
        }
        catch (PostgresException e) when (IsAboutValues(e.SqlState))
        {
            _connection.Execute($"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}");
            return new WriteRefusal(
                e.SqlState
                    is PostgresErrorCodes.UniqueViolation
                        or PostgresErrorCodes.ExclusionViolation,
                e.MessageText
            );
        }
    }

    /// <summary>Values of any type are sent as texts, which the server reads as it reads a literal.</summary>
    private static NpgsqlBatchCommand CommandOf(string sql, IReadOnlyList<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(
                value is byte[] bytes
                    ? new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea }
                    : new NpgsqlParameter
                    {
                        Value = value is null
                            ? DBNull.Value
                            : Convert.ToString(value, CultureInfo.InvariantCulture),
                        NpgsqlDbType = NpgsqlDbType.Unknown,
                    }
            );
        }

        return command;
    }

    /// <summary>Constraints, values that a type does not take, and what triggers refuse.</summary>
    private static bool IsAboutValues(string state) =>
        state[..2] is "22" or "23" or "42" or "44" or "54" or "P0";
}
