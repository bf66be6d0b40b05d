using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>How many rows each table has.</summary>
internal static class SqliteRowCounts
{
    /// <summary>Counts every table but virtual ones, SQLite's and the migrator's own.</summary>
    public static Dictionary<string, long> Read(SqliteConnection connection) =>
        SqliteRows
            .Count(connection)
            .ToDictionary(
                counted => counted.Table,
                counted => counted.Rows,
                StringComparer.OrdinalIgnoreCase
            );
}
