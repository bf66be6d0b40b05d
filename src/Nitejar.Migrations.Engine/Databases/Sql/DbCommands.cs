using System.Data.Common;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>The same over a connection.</summary>
internal static class DbCommands
{
    /// <summary>Makes a command with its parameters.</summary>
    public static DbCommand Command(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Executes a statement.</summary>
    public static void Execute(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => _ = connection.Change(sql, parameters);

    /// <summary>Executes and returns how many rows were inserted, changed or deleted.</summary>
    public static long Change(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The only value of the only row.</summary>
    public static long Number(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => connection.Query(sql, row => row.GetInt64(0), parameters)[0];

    /// <summary>Whether a query finds any row.</summary>
    public static bool Any(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read();
    }

    /// <summary>Reads all rows that a query finds.</summary>
    /// <inheritdoc cref="Rows" path="/exception"/>
    public static List<T> Query<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        return [.. command.Rows(row)];
    }

    /// <summary>Reads one row after the other, and keeps none.</summary>
    /// <exception cref="DatabaseUnavailableException">A value cannot be read as what it has to be: NULL, or a number that is too large.</exception>
    public static IEnumerable<T> Rows<T>(this DbCommand command, Func<DbDataReader, T> row)
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
                    "Find out what has written it, and restore the database from a backup.",
                    e
                );
            }

            yield return read;
        }
    }

    /// <summary>An integer of a column for larger ones.</summary>
    /// <exception cref="OverflowException">It has more than 32 bits.</exception>
    public static int SmallNumber(this DbDataReader reader, int column) =>
        checked((int)reader.GetInt64(column));

    /// <summary>A text; <see langword="null"/> for NULL.</summary>
    public static string? Text(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
