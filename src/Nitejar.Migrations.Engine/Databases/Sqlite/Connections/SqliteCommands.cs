using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Connections;

/// <summary>Short ways to run a statement of the migrator's own.</summary>
internal static class SqliteCommands
{
    public static SqliteCommand Command(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    public static void Execute(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => _ = connection.Change(sql, parameters);

    /// <summary>Executes and returns how many rows were inserted, changed or deleted.</summary>
    public static long Change(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The only value of the only row.</summary>
    public static long Number(this SqliteConnection connection, string sql) =>
        connection.Query(sql, row => row.GetInt64(0))[0];

    public static bool Any(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read();
    }

    /// <exception cref="DatabaseUnavailableException">A value is none that the reading of a row can take: NULL, or a number that is too large.</exception>
    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        return [.. command.Rows(row)];
    }

    /// <summary>Reads one row after the other, and keeps none.</summary>
    /// <inheritdoc cref="Query" path="/exception"/>
    public static IEnumerable<T> Rows<T>(this SqliteCommand command, Func<SqliteDataReader, T> row)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            T read;
            try
            {
                read = row(reader);
            }
            catch (Exception e)
                when (e is InvalidOperationException or InvalidCastException or OverflowException)
            {
                throw new DatabaseUnavailableException(
                    $"The database is damaged: `{command.CommandText.ReplaceLineEndings(" ").Trim()}` reads a value that cannot be there.",
                    "Look at it with `PRAGMA integrity_check` in the sqlite3 program, and restore it from a backup.",
                    e
                );
            }

            yield return read;
        }
    }

    public static string? Text(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>An identifier in double quotes, safe to put into SQL.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
