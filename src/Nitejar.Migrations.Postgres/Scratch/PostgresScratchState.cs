using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;
using Nitejar.Migrations.Postgres.Schema.Scripts;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>A copy of a scratch database, which nothing else opens.</summary>
internal sealed class PostgresScratchState : IScratchState
{
    private readonly NpgsqlConnection _connection;
    private readonly PostgresTables _tables;
    private readonly Action _drop;

    /// <summary>Reads the schema of the copy.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="drop">Removes it.</param>
    public PostgresScratchState(PostgresTarget copy, Action drop)
    {
        _drop = drop;
        _connection = PostgresConnections.Open(copy);
        _tables = new PostgresTables(_connection, copy.Schema, copy.VersionTableInSchema);
        _connection.Execute(
            "SET bytea_output = hex; SET DateStyle = ISO; SET extra_float_digits = 3"
        );
        Schema = _tables.ReadSchema();
        SchemaScript = PostgresSchemaScript.Read(
            _connection,
            copy.Schema,
            copy.VersionTableInSchema
        );
    }

    public DatabaseSchema Schema { get; }

    public IReadOnlyList<string> SchemaScript { get; }

    /// <summary>Reads in the order of the key. Tables without one have no order.</summary>
    public IEnumerable<object?[]> ReadRows(Table table, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0 || _tables.Find(table.Name.Name) is not { HasKey: true } found)
        {
            yield break;
        }

        using var command = _connection.Command(
            $"SELECT {ScratchValues.Read(table, columns)} FROM {found.Quoted} ORDER BY {StoredTable.List(found.PrimaryKey)}"
        );
        foreach (var row in command.Rows(ScratchValues.Of))
        {
            yield return row;
        }
    }

    /// <summary>Sequences are not part of transactions, so that a failed insert uses a number up.</summary>
    public long? CounterOf(Table table) => null;

    public void Dispose()
    {
        _connection.Dispose();
        _drop();
    }
}
