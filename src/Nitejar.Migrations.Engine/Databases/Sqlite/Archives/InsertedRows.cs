using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

/// <summary>
/// Which rows the statements of an Up have inserted into tables that were there before: temporary triggers note the
/// keys of each of them. A table that the Up makes anew loses its trigger, and then nothing is known of its rows.
/// </summary>
internal sealed class InsertedRows(SqliteConnection connection)
{
    private readonly List<string> _watched = [];

    /// <summary>Notes from here on what is inserted into this table.</summary>
    public void Watch(SqliteTable table)
    {
        if (table.IsVirtual || !table.HasKey)
        {
            return;
        }

        var key = KeyOf(table);
        var number = _watched.Count;
        _watched.Add(table.Name);
        connection.Execute(
            $"CREATE TEMP TABLE {RowsName(number)} ({SqliteTable.List(key.Select((_, i) => $"k{i}"))})"
        );
        connection.Execute(
            $"""
            CREATE TEMP TRIGGER {TriggerName(number)} AFTER INSERT ON {table.Quoted} BEGIN
                INSERT INTO {RowsName(number)} VALUES ({NewKey(table)});
            END
            """
        );
    }

    /// <summary>The condition that a row of a table was inserted; <see langword="null"/> where that is not known.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row's name in the SQL around it.</param>
    public string? Condition(SqliteTable table, string row = "t")
    {
        for (var number = 0; number < _watched.Count; number++)
        {
            if (IsOf(number, table.Name))
            {
                var key = KeyOf(table).Select(column => $"{row}.{QuoteUnlessRowId(table, column)}");
                return $"({string.Join(", ", key)}) IN (SELECT * FROM {RowsName(number)})";
            }
        }

        return null;
    }

    /// <summary>Whether what is inserted into the table of this name is noted.</summary>
    public bool Watches(string table) =>
        Enumerable.Range(0, _watched.Count).Any(number => IsOf(number, table));

    /// <summary>Notes nothing more and forgets what it has noted.</summary>
    public void End()
    {
        for (var number = 0; number < _watched.Count; number++)
        {
            connection.Execute($"DROP TRIGGER IF EXISTS temp.{TriggerName(number)}");
            connection.Execute($"DROP TABLE temp.{RowsName(number)}");
        }

        _watched.Clear();
    }

    /// <summary>Whether the table still is the watched one, which a rename does not change.</summary>
    private bool IsOf(int number, string table) =>
        connection.Any(
            "SELECT 1 FROM sqlite_temp_master WHERE type = 'trigger' AND name = $name AND tbl_name = $table COLLATE NOCASE",
            ("$name", $"nitejar_inserts_{number}"),
            ("$table", table)
        );

    private static IReadOnlyList<string> KeyOf(SqliteTable table) =>
        table.RowId is { } rowId ? [rowId] : table.PrimaryKey;

    private static string NewKey(SqliteTable table) =>
        string.Join(", ", KeyOf(table).Select(column => $"NEW.{QuoteUnlessRowId(table, column)}"));

    private static string QuoteUnlessRowId(SqliteTable table, string column) =>
        column == table.RowId ? column : SqliteCommands.Quote(column);

    private static string RowsName(int number) => $"\"nitejar_inserted_{number}\"";

    private static string TriggerName(int number) => $"\"nitejar_inserts_{number}\"";
}
