using System.Data.Common;
using FluentMigrator.Runner;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Sqlite;
using Npgsql;

namespace Nitejar.Migrations.Tests.Histories;

/// <summary>Databases of one kind, for both runners.</summary>
internal abstract class HistoryPlace : IDisposable
{
    /// <summary>A database for ours.</summary>
    public abstract IDatabase Database(string name, VersionTable table);

    /// <summary>The same for FluentMigrator's own runner.</summary>
    public abstract void Configure(IMigrationRunnerBuilder builder, string name);

    /// <summary>How the table of applied versions is made.</summary>
    public abstract IReadOnlyList<string> Describe(string name, IVersionTableMetaData table);

    public abstract void Dispose();

    protected static IReadOnlyList<string> Read(DbConnection connection, string sql, string table)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@table", table);
        command.Parameters.Add(parameter);
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
        {
            lines.Add(row.GetString(0));
        }

        return lines;
    }
}

internal sealed class SqliteHistoryPlace : HistoryPlace
{
    private readonly TemporaryFolder _folder = new();

    public override IDatabase Database(string name, VersionTable table) =>
        new SqliteDatabase(_folder[name]) { VersionTable = table };

    public override void Configure(IMigrationRunnerBuilder builder, string name) =>
        builder.AddSQLite().WithGlobalConnectionString(ConnectionString(name));

    public override IReadOnlyList<string> Describe(string name, IVersionTableMetaData table)
    {
        using var connection = new SqliteConnection(ConnectionString(name));
        return Read(
            connection,
            "SELECT sql FROM sqlite_master WHERE tbl_name = @table ORDER BY name",
            table.TableName
        );
    }

    public override void Dispose() => _folder.Dispose();

    private string ConnectionString(string name) => $"Data Source={_folder[name]};Pooling=False";
}

internal sealed class PostgresHistoryPlace : HistoryPlace
{
    private readonly Dictionary<string, ThrowawayDatabase> _databases = [];

    public override IDatabase Database(string name, VersionTable table) =>
        new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(Of(name).ConnectionString)
        )
        {
            VersionTable = table,
        };

    public override void Configure(IMigrationRunnerBuilder builder, string name) =>
        builder.AddPostgres15_0().WithGlobalConnectionString(Of(name).ConnectionString);

    public override IReadOnlyList<string> Describe(string name, IVersionTableMetaData table)
    {
        using var connection = new NpgsqlConnection(Of(name).ConnectionString);
        return Read(
            connection,
            """
            SELECT concat_ws(' ', table_schema, column_name, data_type, character_maximum_length, is_nullable)
            FROM information_schema.columns WHERE table_name = @table
            UNION ALL
            SELECT schemaname || ' ' || indexdef FROM pg_indexes WHERE tablename = @table
            """,
            table.TableName
        );
    }

    public override void Dispose()
    {
        foreach (var database in _databases.Values)
        {
            database.Dispose();
        }
    }

    private ThrowawayDatabase Of(string name)
    {
        if (!_databases.TryGetValue(name, out var database))
        {
            _databases[name] = database = PostgresServer.Shared().CreateDatabase();
        }

        return database;
    }
}
