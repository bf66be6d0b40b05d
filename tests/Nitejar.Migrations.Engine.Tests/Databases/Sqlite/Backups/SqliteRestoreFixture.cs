using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>A database with a backup of what it held before.</summary>
public abstract class SqliteRestoreFixture
{
    protected const int FewRows = 500;

    /// <summary>More than is copied in one step.</summary>
    protected const int ManyRows = 6000;

    protected static readonly RestoreRecord Record = new("run", "kept", RunOrigin.Current("test"));

    protected SqliteTestDatabase Site { get; private set; } = null!;
    protected string Backup { get; private set; } = null!;
    protected string Content { get; private set; } = null!;

    protected SqliteDatabase Database => (SqliteDatabase)Site.Database;

    [SetUp]
    public void CreateDatabaseAndBackup()
    {
        Site = new SqliteTestDatabase();
        Backup = Path.Combine(Site.Folder, "backups", "kept");
        Directory.CreateDirectory(Path.GetDirectoryName(Backup)!);
        Fill("old");
        KeepBackup();
        Site.Execute("CREATE TABLE new (a)");
    }

    protected void KeepBackup()
    {
        Database.BackUpTo(Backup, Control());
        Content = SqliteBackupTests.Dump(Backup);
        Site.Execute("DROP TABLE t");
    }

    [TearDown]
    public void DeleteDatabase() => Site.Dispose();

    protected void KeepLargeBackup()
    {
        File.Delete(Backup);
        Fill("large", ManyRows);
        KeepBackup();
    }

    protected static CopyControl Control() => SqliteBackupTests.Control();

    protected void Refuses<TFailure>(string file)
        where TFailure : Exception
    {
        var before = SqliteBackupTests.Dump(Site.Path);
        Assert.That(() => Database.OpenRestore(file, Control()), Throws.TypeOf<TFailure>());
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(before));
    }

    protected RestoreResult Restore(BackupSettings? backup)
    {
        using var restore = Database.OpenRestore(Backup, Control());
        return restore.Run(backup, Record);
    }

    protected void Fill(string note, int rows = FewRows) =>
        Site.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS "VersionInfo" ("Version" INTEGER NOT NULL);
            INSERT INTO "VersionInfo" VALUES (7);
            CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT);
            CREATE INDEX i ON t (note);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
                INSERT INTO t SELECT i, '{note} ' || hex(randomblob(500)) FROM n;
            """
        );

    protected static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    protected static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        connection.Execute(sql);
    }

    /// <summary>Everything in the database's folder but the folder of the backup.</summary>
    protected string[] Entries() => Directory.GetFiles(Site.Folder);
}
