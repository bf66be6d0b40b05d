using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>
/// Reads the migrator's own tables without taking into memory what no run has written: values that are too long, and
/// rows that are too many.
/// </summary>
internal static class BoundedRead
{
    /// <summary>Bytes of a name, a note, a checksum and the like. A description of FluentMigrator's has 1,024 characters.</summary>
    public const int Words = 1_000_000;

    /// <summary>Bytes of the SQL of a migration, which a run holds in memory several times over.</summary>
    public const int Sql = 256 << 20;

    /// <summary>Reads a table row by row.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="limit">The table, which is known to be an ordinary one, and how many rows of it are read.</param>
    /// <param name="sql">The query, which may have to sort the rows.</param>
    /// <param name="row">Reads one.</param>
    /// <exception cref="DatabaseUnavailableException">There are more rows, or longer texts in them.</exception>
    public static IEnumerable<T> Rows<T>(
        SqliteConnection connection,
        RowLimit limit,
        string sql,
        Func<SqliteDataReader, T> row
    )
    {
        // Before the query, since sorting reads all of them first.
        if (connection.Any($"SELECT 1 FROM \"{limit.Table}\" LIMIT 1 OFFSET {limit.Rows}"))
        {
            throw limit.Exceeded($"{limit.Rows:N0} rows");
        }

        using var command = connection.Command(sql);
        var words = 0L;
        foreach (var read in command.Rows(Counted))
        {
            yield return read;
        }

        T Counted(SqliteDataReader reader)
        {
            words += WordsOf(reader);
            return words <= RowLimit.Words
                ? row(reader)
                : throw limit.Exceeded($"{RowLimit.Words:N0} bytes of text");
        }
    }

    /// <summary>Reads while SQLite refuses every value that is longer, before it makes room for it.</summary>
    /// <param name="connection">The connection, whose own limit is put back.</param>
    /// <param name="table">What is read, for people.</param>
    /// <param name="longest">Bytes of the longest value.</param>
    /// <param name="read">The read.</param>
    /// <exception cref="RefusedException">A value is longer.</exception>
    public static T Of<T>(SqliteConnection connection, string table, int longest, Func<T> read)
    {
        var before = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, longest);
        try
        {
            return read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_TOOBIG)
        {
            throw new RefusedException(
                FormattableString.Invariant(
                    $"{table} holds a value of more than {longest:N0} bytes, which no run has written."
                ),
                OwnTables.Remedy,
                e
            );
        }
        finally
        {
            _ = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, before);
        }
    }

    /// <summary>Bytes of the texts in a row.</summary>
    private static long WordsOf(SqliteDataReader reader)
    {
        var bytes = 0L;
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (
                raw.sqlite3_column_type(reader.Handle, column) is raw.SQLITE_TEXT or raw.SQLITE_BLOB
            )
            {
                bytes += raw.sqlite3_column_bytes(reader.Handle, column);
            }
        }

        return bytes;
    }

    /// <summary>As much of a value as a sentence can hold.</summary>
    public static string Excerpt(object value)
    {
        const int longest = 100;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= longest ? text : $"{text[..longest]}...";
    }
}
