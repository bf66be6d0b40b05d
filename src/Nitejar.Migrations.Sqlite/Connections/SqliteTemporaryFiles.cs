using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>
/// Where SQLite puts what does not fit into memory, such as the sorting of a large index. Where no folder for temporary
/// files may be written, as in a container whose root is read-only, that is the folder of the database.
/// </summary>
internal static class SqliteTemporaryFiles
{
    private static readonly string[] Variables = ["SQLITE_TMPDIR", "TMPDIR"];

    /// <summary>Where SQLite looks, behind those that variables name.</summary>
    private static readonly string[] Folders = ["/var/tmp", "/usr/tmp", "/tmp", "."];

    /// <summary>Has SQLite use the folder of the database, where it would find no other.</summary>
    /// <param name="connection">Any one; the folder is the same for all of this process.</param>
    /// <param name="database">The database's file.</param>
    public static void Place(SqliteConnection connection, string database)
    {
        if (
            OperatingSystem.IsWindows()
            || Variables
                .Select(Environment.GetEnvironmentVariable)
                .Concat(Folders)
                .Any(folder => folder is not null && IsUsable(folder))
            || Path.GetDirectoryName(Path.GetFullPath(database)) is not { } beside
        )
        {
            return;
        }

        // It is called deprecated, and the other ways are variables of the process, which are read once.
        var quoted = beside.Replace("'", "''", StringComparison.Ordinal);
        _ = SQLitePCL.raw.sqlite3_exec(
            connection.Handle,
            $"PRAGMA temp_store_directory = '{quoted}'"
        );
    }

    private static bool IsUsable(string folder) =>
        Directory.Exists(folder) && Permissions.MayWrite(folder);
}
