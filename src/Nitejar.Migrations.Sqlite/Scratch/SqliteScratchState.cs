using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;
using Nitejar.Migrations.Sqlite.Sessions;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>A copy of a scratch file, which nothing else opens; there is none where nothing was applied yet.</summary>
internal sealed class SqliteScratchState : IScratchState
{
    private readonly string _path;
    private readonly string _versionTable;
    private readonly SqliteConnection? _connection;

    public SqliteScratchState(IDatabase copy, string path)
    {
        _path = path;
        _versionTable = copy.VersionTable.Name;
        using (var reader = copy.OpenReader(TimeSpan.Zero))
        {
            Schema = reader?.ReadSchema() ?? DatabaseSchema.Empty;
            SchemaScript = reader?.ReadSchemaScript() ?? [];
        }

        _connection = File.Exists(path)
            ? SqliteConnections.OpenToRead(path, path, TimeSpan.Zero)
            : null;
    }

    /// <inheritdoc />
    public DatabaseSchema Schema { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> SchemaScript { get; }

    /// <inheritdoc />
    public IEnumerable<object?[]> ReadRows(Table table, IReadOnlyList<string> columns)
    {
        if (
            _connection is null
            || columns.Count == 0
            || new SqliteTables(_connection, _versionTable).Find(table.Name.Name)
                is not { HasKey: true } found
        )
        {
            yield break;
        }

        var order = found.RowId is { } id ? id : StoredTable.List(found.PrimaryKey);
        using var command = _connection.Command(
            $"SELECT {StoredTable.List(columns)} FROM {found.Quoted} ORDER BY {order}"
        );
        foreach (var row in command.Rows(ValuesOf))
        {
            yield return row;
        }
    }

    /// <inheritdoc />
    public long? CounterOf(Table table) =>
        _connection is not null && table.Traits.IsAutoIncrement
            ? new SqliteRowMover(_connection).ReadCounter(table.Name.Name)
            : null;

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Dispose();
        foreach (var ending in SqliteFileNames.Endings.Prepend(""))
        {
            File.Delete(_path + ending);
        }
    }

    private static object?[] ValuesOf(DbDataReader row)
    {
        var values = new object?[row.FieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        }

        return values;
    }
}
