using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>Writes rows in one transaction.</summary>
internal sealed class SqliteScratchWriter : IScratchWriter
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTables _tables;
    private SqliteCommand? _command;
    private readonly Dictionary<string, IReadOnlyList<long>> _rowIds = new(SqliteNames.Comparer);

    public SqliteScratchWriter(string path, string versionTable)
    {
        _connection = SqliteConnections.OpenToWrite(path, path, created: null);
        _tables = new SqliteTables(_connection, versionTable);

        // What is lost with the machine's power here is worth nothing.
        _connection.Execute("PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE");
    }

    /// <inheritdoc />
    public IReadOnlyList<object> EdgesOf(Table table, Column column) =>
        SqliteEdgeValues.Of(table, column);

    /// <inheritdoc />
    public object OrdinaryValue(Column column, long number) =>
        SqliteEdgeValues.Ordinary(column, number);

    /// <inheritdoc />
    public bool IsChecked(Table table, Column column) =>
        SqliteCheckLiterals.ChecksOf(table, column).Any();

    /// <inheritdoc />
    public IReadOnlyList<object?[]> ReadRows(
        ObjectName table,
        IReadOnlyList<string> columns,
        int limit,
        bool newestFirst = false
    )
    {
        if (_tables.Find(table.Name) is not { HasKey: true } found)
        {
            return [];
        }

        var direction = newestFirst ? " DESC" : "";
        var order = found.RowId is { } id
            ? id + direction
            : string.Join(", ", found.PrimaryKey.Select(c => Identifier.Quote(c) + direction));
        var present = columns.Select(column => $"{Identifier.Quote(column)} IS NOT NULL");
        return _connection.Query(
            $"SELECT {StoredTable.List(columns)} FROM {found.Quoted} WHERE {string.Join(" AND ", present)} ORDER BY {order} LIMIT {limit}",
            row =>
            {
                var values = new object?[row.FieldCount];
                row.GetValues(values!);
                return values;
            }
        );
    }

    /// <inheritdoc />
    public WriteRefusal? Insert(Table table, IReadOnlyDictionary<string, object?> values)
    {
        _rowIds.Remove(table.Name.Name);
        var name = Identifier.Quote(table.Name.Name);
        return values.Count == 0
            ? Write($"INSERT OR ABORT INTO {name} DEFAULT VALUES", [])
            : Write(
                $"INSERT OR ABORT INTO {name} ({StoredTable.List(values.Keys)}) VALUES ({string.Join(", ", values.Select((_, i) => $"$v{i}"))})",
                [.. values.Values]
            );
    }

    /// <inheritdoc />
    public WriteRefusal? Try(Table table, IReadOnlyDictionary<string, object?> values)
    {
        _connection.Execute("SAVEPOINT tried");
        var refusal = Insert(table, values);
        _connection.Execute("ROLLBACK TO tried; RELEASE tried");
        return refusal;
    }

    /// <inheritdoc />
    public void DeleteInserted(Table table)
    {
        _rowIds.Remove(table.Name.Name);
        _connection.Execute(
            $"DELETE FROM {Identifier.Quote(table.Name.Name)} WHERE rowid = last_insert_rowid()"
        );
    }

    /// <inheritdoc />
    public WriteRefusal? Update(Table table, int place, IReadOnlyDictionary<string, object?> values)
    {
        var rows = RowIdsOf(table);
        if (place >= rows.Count)
        {
            return null;
        }

        var assignments = values.Keys.Select((column, i) => $"{Identifier.Quote(column)} = $v{i}");
        return Write(
            $"UPDATE OR ABORT {Identifier.Quote(table.Name.Name)} SET {string.Join(", ", assignments)} WHERE rowid = {rows[place].ToString(CultureInfo.InvariantCulture)}",
            [.. values.Values]
        );
    }

    /// <inheritdoc />
    public long Count(Table table) =>
        _connection.Number($"SELECT count(*) FROM {Identifier.Quote(table.Name.Name)}");

    /// <inheritdoc />
    public void Commit() => _connection.Execute("COMMIT");

    /// <inheritdoc />
    public void Dispose()
    {
        _command?.Dispose();
        _connection.Dispose();
    }

    /// <summary>None for a table without a rowid, or where a column has its name.</summary>
    private IReadOnlyList<long> RowIdsOf(Table table)
    {
        if (_rowIds.TryGetValue(table.Name.Name, out var known))
        {
            return known;
        }

        var found = _tables.Find(table.Name.Name);
        return _rowIds[table.Name.Name] =
            found?.RowId == "rowid"
                ? _connection.Query(
                    $"SELECT rowid FROM {found.Quoted} ORDER BY rowid",
                    row => row.GetInt64(0)
                )
                : [];
    }

    private WriteRefusal? Write(string sql, IReadOnlyList<object?> values)
    {
        var command = CommandOf(sql, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        try
        {
            command.ExecuteNonQuery();
            return null;
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode
                    is raw.SQLITE_CONSTRAINT
                        or raw.SQLITE_ERROR
                        or raw.SQLITE_MISMATCH
            )
        {
            return new WriteRefusal(
                e.SqliteExtendedErrorCode
                    is raw.SQLITE_CONSTRAINT_UNIQUE
                        or raw.SQLITE_CONSTRAINT_PRIMARYKEY
                        or raw.SQLITE_CONSTRAINT_ROWID,
                raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()
            );
        }
    }

    /// <summary>Most rows of a table are written by the same statement.</summary>
    private SqliteCommand CommandOf(string sql, int values)
    {
        if (_command?.CommandText == sql)
        {
            return _command;
        }

        _command?.Dispose();
        _command = _connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < values; i++)
        {
            _command.Parameters.Add(
                new SqliteParameter
                {
                    ParameterName = string.Create(CultureInfo.InvariantCulture, $"$v{i}"),
                }
            );
        }

        return _command;
    }
}
