using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>A database to be backed up.</summary>
public abstract class SqliteBackupFixture
{
    protected const UnixFileMode OwnerReadsAndWrites =
        UnixFileMode.UserRead | UnixFileMode.UserWrite;

    protected SqliteTestDatabase Site { get; private set; } = null!;

    protected SqliteDatabase Database => (SqliteDatabase)Site.Database;

    [SetUp]
    public void CreateDatabase()
    {
        Site = new SqliteTestDatabase();
        Site.Execute(
            """
            CREATE TABLE "VersionInfo" ("Version" INTEGER NOT NULL);
            INSERT INTO "VersionInfo" VALUES (7);
            CREATE TABLE t (id INTEGER PRIMARY KEY, blob BLOB);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
                INSERT INTO t SELECT i, randomblob(2000) FROM n;
            """
        );
    }

    [TearDown]
    public void DeleteDatabase() => Site.Dispose();

    internal static CopyControl Control(
        Action<long, long>? onProgress = null,
        CancellationToken cancellation = default
    ) => new(TimeSpan.Zero, (_, _) => { }, onProgress ?? ((_, _) => { }), cancellation);

    /// <summary>Every row of every table, read without leaving anything beside the file.</summary>
    internal static string Dump(string path)
    {
        using var connection = File.Exists(path + "-wal")
            ? SqliteConnections.OpenToRead(path, path, TimeSpan.Zero)
            : SqliteConnections.OpenUnchanging(path, path);
        var tables = connection.Query(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            row => row.GetString(0)
        );
        return string.Join(
            '\n',
            tables.SelectMany(table =>
                connection.Query(
                    $"SELECT * FROM \"{table}\"",
                    row =>
                        string.Join(
                            '|',
                            Enumerable
                                .Range(0, row.FieldCount)
                                .Select(i =>
                                    row.GetValue(i) is byte[] blob
                                        ? Convert.ToHexString(blob)
                                        : row.GetValue(i)
                                )
                        )
                )
            )
        );
    }

    protected string[] Entries() => Directory.GetFileSystemEntries(Site.Folder);
}
