using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Conformance;

/// <summary>A SQLite file in a folder of its own, and a way into it past the engine.</summary>
public sealed class SqliteTestDatabase : ITestDatabase
{
    private readonly TemporaryFolder _folder = new();

    public static string NumberedKey => "integer PRIMARY KEY AUTOINCREMENT";

    public static bool NumbersRows => true;

    public static string Trigger(string name, string timing, string body) =>
        $"CREATE TRIGGER {name} {timing} BEGIN {body} END;";

    public string Folder => _folder.Path;

    public string Path => _folder["test.db"];

    public IDatabase Database => new SqliteDatabase(Path);

    public void Dispose() => _folder.Dispose();

    public SqliteConnection Open(SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public string[] Query(string sql)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        return Query(connection, sql);
    }

    /// <summary>The schema and every row, or that there is no file.</summary>
    public string Dump()
    {
        if (!File.Exists(Path))
        {
            return $"no file; {string.Join(' ', Directory.GetFileSystemEntries(Folder))}";
        }

        using var connection = Open(SqliteOpenMode.ReadOnly);
        var objects = Query(
            connection,
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
        );
        var tables = Query(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        );
        var rows = tables.SelectMany(table =>
            Query(connection, $"SELECT * FROM \"{table}\"").Prepend($"-- {table}")
        );
        return string.Join('\n', objects.Concat(rows));
    }

    public string[] TableNames() => Query("SELECT name FROM sqlite_master WHERE type = 'table'");

    public string[] Counter(string table) =>
        TableNames().Contains("sqlite_sequence")
            ? Query($"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")
            : [];

    public string[] Dangling() => Query("PRAGMA foreign_key_check");

    private static string[] Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }

        return [.. rows];
    }
}
