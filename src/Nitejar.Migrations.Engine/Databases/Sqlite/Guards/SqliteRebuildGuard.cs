using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>
/// Remembers tables as they were when they were dropped. One whose name from before the step is there again at its end
/// was rebuilt, and has to have its rows, indexes and triggers.
/// </summary>
internal sealed class SqliteRebuildGuard(SqliteConnection connection)
{
    private readonly Dictionary<string, DroppedTable> _dropped = new(SqliteNames.Comparer);

    /// <summary>Every table that was dropped and made again so far.</summary>
    public HashSet<string> Rebuilt { get; } = new(SqliteNames.Comparer);

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(SqliteStatement statement, EarlierNames earlier)
    {
        if (
            statement is { Kind: StatementKind.DropTable, Table: { } table }
            && Exists(table)
            && earlier.OfTable(table) is { } name
        )
        {
            _dropped.TryAdd(name, new DroppedTable(CountRows(table), ReadObjects(table)));
        }
    }

    /// <summary>Compares what the last step dropped with what is there.</summary>
    /// <exception cref="MigrationFailedException">A rebuilt table has lost rows on the way up, or an index or trigger that no statement names.</exception>
    /// <param name="direction">Which way the step went: rows that a Down takes away are somebody's decision.</param>
    /// <param name="words">The words of all statements up to now.</param>
    public void EndStep(Direction direction, HashSet<string> words)
    {
        foreach (var (table, before) in _dropped)
        {
            if (!Exists(table))
            {
                continue;
            }

            Rebuilt.Add(table);
            if (direction == Direction.Up)
            {
                RequireRows(table, before.Rows);
            }

            RequireObjects(table, before.Objects, words);
        }

        _dropped.Clear();
    }

    private void RequireRows(string table, long before)
    {
        var lost = before - CountRows(table);
        if (lost > 0)
        {
            throw new MigrationFailedException(
                $"Rows would be lost in the rebuild of {table}: {Count.Of(lost, "row")}.",
                "Correct what copies the rows; if they are to go, delete them by a statement of its own before the rebuild."
            );
        }
    }

    private void RequireObjects(
        string table,
        IReadOnlyList<(string Kind, string Name)> before,
        HashSet<string> words
    )
    {
        var after = ReadObjects(table);
        foreach (var lost in before.Except(after))
        {
            if (!words.Contains(lost.Name.ToLowerInvariant()))
            {
                throw new MigrationFailedException(
                    $"The {lost.Kind} {lost.Name} would be lost in the rebuild of {table}.",
                    $"Make it again in the migration, or name it in a DROP {lost.Kind.ToUpperInvariant()} if it is to go."
                );
            }
        }
    }

    private List<(string Kind, string Name)> ReadObjects(string table) =>
        connection.Query(
            """
            SELECT type, name FROM main.sqlite_master
            WHERE type IN ('index', 'trigger') AND tbl_name = $table COLLATE NOCASE AND sql IS NOT NULL
            """,
            row => (row.GetString(0), row.GetString(1)),
            ("$table", table)
        );

    private bool Exists(string table) =>
        connection.Any(
            "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = $table COLLATE NOCASE",
            ("$table", table)
        );

    private long CountRows(string table) =>
        connection.Number($"SELECT count(*) FROM main.{SqliteCommands.Quote(table)}");

    private sealed record DroppedTable(
        long Rows,
        IReadOnlyList<(string Kind, string Name)> Objects
    );
}
