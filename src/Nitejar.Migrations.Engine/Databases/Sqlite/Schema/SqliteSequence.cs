using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>AUTOINCREMENT counters, which go with their table; without them numbers of deleted rows would be used again.</summary>
internal static class SqliteSequence
{
    /// <summary>The table's counter; <see langword="null"/> where it has none.</summary>
    public static long? Read(SqliteConnection connection, string table)
    {
        if (!Exists(connection))
        {
            return null;
        }

        var found = connection.Query(
            "SELECT seq FROM sqlite_sequence WHERE name = $table AND typeof(seq) = 'integer'",
            row => row.GetInt64(0),
            ("$table", table)
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Sets it to at least this number, where the table has such a counter.</summary>
    public static void Raise(SqliteConnection connection, string table, long number)
    {
        if (
            Exists(connection)
            && IsAutoIncrement(connection, table)
            && number > (Read(connection, table) ?? 0)
        )
        {
            Write(connection, table, number);
        }
    }

    /// <summary>Sets it to this number, where the table has such a counter; <see langword="null"/> for one that was never used.</summary>
    public static void Set(SqliteConnection connection, string table, long? number)
    {
        if (!Exists(connection) || !IsAutoIncrement(connection, table))
        {
            return;
        }

        if (number is { } used)
        {
            Write(connection, table, used);
        }
        else
        {
            connection.Execute(
                "DELETE FROM sqlite_sequence WHERE name = $table",
                ("$table", table)
            );
        }
    }

    private static void Write(SqliteConnection connection, string table, long number)
    {
        var changed = connection.Change(
            "UPDATE sqlite_sequence SET seq = $number WHERE name = $table",
            ("$number", number),
            ("$table", table)
        );
        if (changed == 0)
        {
            connection.Execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ($table, $number)",
                ("$table", table),
                ("$number", number)
            );
        }
    }

    private static bool Exists(SqliteConnection connection) =>
        connection.Any("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");

    private static bool IsAutoIncrement(SqliteConnection connection, string table) =>
        SqliteSchemaReader.ReadTable(connection, table) is { Traits.IsAutoIncrement: true };
}
