using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>Short ways to work on a database beside the program.</summary>
internal static class Sql
{
    /// <summary>Never makes a file; rolls back what a killed writer left, as any reader does.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            $"Data Source={file};Mode=ReadWrite;Pooling=False;Foreign Keys=False;Default Timeout=5"
        );
        connection.Open();
        return connection;
    }

    /// <summary>Reads a file that nobody writes, and leaves nothing beside it.</summary>
    public static SqliteConnection OpenUnchanging(string file)
    {
        var connection = new SqliteConnection(
            $"Data Source=file:{file}?immutable=1;Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        return connection;
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of each row, as text.</summary>
    public static IReadOnlyList<string> Read(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.IsDBNull(0) ? "NULL" : reader.GetString(0));
        }

        return rows;
    }

    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as a literal.</summary>
    public static string Text(string value) =>
        $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
