using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>How many rows each table has.</summary>
internal static class SqliteRowCounts
{
    /// <summary>Counts every table that is somebody's data.</summary>
    public static Dictionary<string, long> Read(SqliteConnection connection) =>
        SqliteRows
            .Count(connection)
            .ToDictionary(counted => counted.Table, counted => counted.Rows, SqliteNames.Comparer);
}
