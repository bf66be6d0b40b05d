using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>How many rows each table has.</summary>
internal static class SqliteRowCounts
{
    /// <summary>Counts every table but virtual ones, SQLite's and the migrator's own.</summary>
    public static Dictionary<string, long> Read(SqliteConnection connection) =>
        connection
            .Query(
                $"SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND {OwnTables.Excluded}",
                row => row.GetString(0)
            )
            .ToDictionary(
                table => table,
                table => connection.Number($"SELECT count(*) FROM {SqliteCommands.Quote(table)}"),
                StringComparer.OrdinalIgnoreCase
            );
}
