using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>Reads the migrator's own tables without taking values into memory that no run has written.</summary>
internal static class BoundedRead
{
    /// <summary>Bytes of a name, a note, a checksum and the like. A description of FluentMigrator's has 1,024 characters.</summary>
    public const int Words = 1_000_000;

    /// <summary>Bytes of the SQL of a migration, which a run holds in memory several times over.</summary>
    public const int Sql = 256 << 20;

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

    /// <summary>As much of a value as a sentence can hold.</summary>
    public static string Excerpt(object value)
    {
        const int longest = 100;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= longest ? text : $"{text[..longest]}...";
    }
}
