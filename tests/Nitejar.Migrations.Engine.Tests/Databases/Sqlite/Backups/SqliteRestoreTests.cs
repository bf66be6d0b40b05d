using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>What a restore puts where, and what it keeps of what was there.</summary>
public sealed class SqliteRestoreTests
{
    private const int FewRows = 500;

    /// <summary>More than is copied in one step.</summary>
    private const int ManyRows = 6000;

    private static readonly RestoreRecord Record = new("run", "kept", RunOrigin.Current("test"));

    private SqliteTestDatabase _test = null!;
    private string _backup = null!;
    private string _content = null!;

    private SqliteDatabase Database => (SqliteDatabase)_test.Database;

    [SetUp]
    public void CreateDatabaseAndBackup()
    {
        _test = new SqliteTestDatabase();
        _backup = Path.Combine(_test.Folder, "backups", "kept");
        Directory.CreateDirectory(Path.GetDirectoryName(_backup)!);
        Fill("old");
        KeepBackup();
        _test.Execute("CREATE TABLE new (a)");
    }

    private void KeepBackup()
    {
        Database.BackUpTo(_backup, Control());
        _content = SqliteBackupTests.Dump(_backup);
        _test.Execute("DROP TABLE t");
    }

    [TearDown]
    public void DeleteDatabase() => _test.Dispose();

    [TestCase("DELETE", "DELETE")]
    [TestCase("DELETE", "WAL")]
    [TestCase("WAL", "DELETE")]
    [TestCase("WAL", "WAL")]
    public void Everything_is_as_in_the_backup_whatever_the_journal_modes(
        string ofBackup,
        string ofDatabase
    )
    {
        Execute(_backup, $"PRAGMA journal_mode={ofBackup}");
        _test.Execute($"PRAGMA journal_mode={ofDatabase}");
        var before = SqliteBackupTests.Dump(_test.Path);

        var result = Restore(new BackupSettings());

        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
        Assert.That(SqliteBackupTests.Dump(result.Backup!), Is.EqualTo(before));
        Assert.That(result.MovedAside, Is.Null);
        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, result.Backup }));
    }

    [TestCase("DELETE", 512)]
    [TestCase("DELETE", 65536)]
    [TestCase("WAL", 512)]
    [TestCase("WAL", 65536)]
    public void Another_page_size_is_no_obstacle(string journalMode, int pageSize)
    {
        _test.Execute(
            $"PRAGMA journal_mode=DELETE; PRAGMA page_size={pageSize}; VACUUM; PRAGMA journal_mode={journalMode}"
        );
        Assert.That(_test.Query("PRAGMA page_size"), Is.EqualTo(new[] { $"{pageSize}" }));

        Restore(backup: null);

        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
        Assert.That(_test.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void Nobody_comes_between_the_backup_and_the_restore(string journalMode)
    {
        KeepLargeBackup();
        _test.Execute($"PRAGMA journal_mode={journalMode}");
        var attempts = 0;
        var control = Control() with
        {
            OnProgress = (_, _) =>
            {
                attempts++;
                using var other = _test.Open();
                other.DefaultTimeout = -1;
                Assert.That(
                    () => other.Execute("CREATE TABLE other (a)"),
                    Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(5)
                );
            },
        };

        using var restore = Database.OpenRestore(_backup, control);
        restore.Run(new BackupSettings(), Record);

        Assert.That(attempts, Is.GreaterThan(2));
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
    }

    [TestCase("DELETE", 4096)]
    [TestCase("WAL", 4096)]
    [TestCase("WAL", 512)]
    public void A_cancelled_restore_changes_nothing(string journalMode, int pageSize)
    {
        KeepLargeBackup();
        _test.Execute($"PRAGMA page_size={pageSize}; VACUUM; PRAGMA journal_mode={journalMode}");
        var before = SqliteBackupTests.Dump(_test.Path);
        using var cancellation = new CancellationTokenSource();
        var control = Control() with
        {
            OnProgress = (_, _) => cancellation.Cancel(),
            Cancellation = cancellation.Token,
        };

        using (var restore = Database.OpenRestore(_backup, control))
        {
            Assert.That(
                () => restore.Run(null, Record),
                Throws.InstanceOf<OperationCanceledException>()
            );
        }

        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(before));
        Assert.That(
            _test.Query("PRAGMA journal_mode"),
            Is.EqualTo(new[] { journalMode.ToLowerInvariant() })
        );
        Assert.That(_test.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test]
    public void A_database_that_is_missing_appears_complete()
    {
        File.Delete(_test.Path);

        var result = Restore(new BackupSettings());

        Assert.That(result, Is.EqualTo(result with { Backup = null, MovedAside = null }));
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
        Assert.That(Entries(), Is.EqualTo(new[] { _test.Path }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                File.GetUnixFileMode(_test.Path),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
        }
    }

    [TestCase("garbage that is not a database", TestName = "garbage is kept")]
    [TestCase("", TestName = "an empty file is kept")]
    [TestCase("SQLite format 3\0 and nothing of the kind", TestName = "a broken header is kept")]
    public void What_is_no_database_is_moved_aside(string text)
    {
        File.WriteAllText(_test.Path, text);
        File.WriteAllText(_test.Path + "-wal", "a log");

        var result = Restore(new BackupSettings());

        Assert.That(result.MovedAside, Does.StartWith(_test.Path + ".damaged-"));
        Assert.That(File.ReadAllText(result.MovedAside!), Is.EqualTo(text));
        Assert.That(File.ReadAllText(result.MovedAside + "-wal"), Is.EqualTo("a log"));
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
        Assert.That(
            Entries(),
            Is.SupersetOf(new[] { _test.Path, result.MovedAside, result.MovedAside + "-wal" })
        );
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Whoever_could_read_and_write_the_damaged_file_can_do_so_with_the_restored_one()
    {
        const UnixFileMode Shared =
            UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite;
        File.WriteAllText(_test.Path, "garbage");
        File.SetUnixFileMode(_test.Path, Shared | UnixFileMode.SetUser | UnixFileMode.UserExecute);

        Restore(new BackupSettings());

        Assert.That(File.GetUnixFileMode(_test.Path), Is.EqualTo(Shared));
    }

    [Test]
    public void A_database_with_a_damaged_page_is_moved_aside()
    {
        Fill("more");
        using (var file = new FileStream(_test.Path, FileMode.Open))
        {
            file.Position = 4096 * 5;
            file.Write(new byte[4096 * 3]);
        }

        var damaged = File.ReadAllBytes(_test.Path);

        var result = Restore(new BackupSettings());

        Assert.That(result.Backup, Is.Null);
        Assert.That(File.ReadAllBytes(result.MovedAside!), Is.EqualTo(damaged));
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
    }

    [Test]
    public void The_log_of_a_database_that_is_gone_is_not_mixed_in()
    {
        File.Delete(_test.Path);
        File.WriteAllText(_test.Path + "-wal", "a log");

        var result = Restore(new BackupSettings());

        Assert.That(File.ReadAllText(result.MovedAside!), Is.EqualTo("a log"));
        Assert.That(File.Exists(_test.Path + "-wal"), Is.False);
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(_content));
    }

    [Test]
    public void A_backup_with_a_log_beside_it_is_restored_with_what_the_log_holds()
    {
        using var owner = Open(_backup);
        owner.Execute(
            "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; INSERT INTO t VALUES (9999, 'in the log')"
        );

        Restore(backup: null);

        Assert.That(_test.Query("SELECT note FROM t WHERE id = 9999"), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_backup_in_the_middle_of_a_transaction_is_refused()
    {
        File.WriteAllText(_backup + "-journal", "hot");

        Refuses<DatabaseUnavailableException>(_backup);
    }

    [Test]
    public void A_damaged_backup_is_refused()
    {
        using (var file = new FileStream(_backup, FileMode.Open))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096]);
        }

        Refuses<DatabaseUnavailableException>(_backup);
    }

    [TestCase("garbage")]
    [TestCase("")]
    public void What_is_no_database_is_not_restored(string text)
    {
        File.WriteAllText(_backup, text);

        Refuses<DatabaseUnavailableException>(_backup);

        Assert.That(File.ReadAllText(_backup), Is.EqualTo(text));
    }

    [Test]
    public void Neither_a_folder_nor_nothing_is_restored()
    {
        Refuses<DatabaseUnavailableException>(_test.Folder);
        Refuses<DatabaseUnavailableException>(_backup + "x");
    }

    [Test]
    public void The_database_is_not_restored_from_itself()
    {
        var link = Path.Combine(_test.Folder, "link");
        File.CreateSymbolicLink(link, _test.Path);

        Refuses<InvalidRequestException>(_test.Path);
        Refuses<InvalidRequestException>(link);
    }

    [TestCase("DELETE", "BEGIN; SELECT * FROM new")]
    [TestCase("DELETE", "BEGIN IMMEDIATE")]
    [TestCase("WAL", "SELECT * FROM new")]
    public void A_database_that_is_in_use_is_not_replaced(string journalMode, string use)
    {
        _test.Execute($"PRAGMA journal_mode={journalMode}; INSERT INTO new VALUES (1)");
        using var user = _test.Open();
        user.Execute(use);
        using var restore = Database.OpenRestore(_backup, Control());

        var locked = Assert.Throws<LockTimeoutException>(() => restore.Run(null, Record));

        Assert.That(locked.NextStep, Does.Contain("Stop the programs"));
    }

    [Test]
    public void A_preview_counts_what_is_there_and_what_would_be()
    {
        _test.Execute("INSERT INTO new VALUES (1); DELETE FROM VersionInfo");
        using var restore = Database.OpenRestore(_backup, Control());

        var preview = restore.Preview();

        Assert.That(preview.Now!.Tables, Is.EqualTo(new[] { new TableRows("new", 1) }));
        Assert.That(preview.Now.Versions, Is.Empty);
        Assert.That(preview.Then.Tables, Is.EqualTo(new[] { new TableRows("t", FewRows) }));
        Assert.That(preview.Then.Versions, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public void The_file_that_was_restored_is_not_pruned_as_too_old()
    {
        var old = $"{_test.Path}.20200101T000000000Z.backup";
        File.Copy(_backup, old);
        using (var restore = Database.OpenRestore(old, Control()))
        {
            restore.Run(new BackupSettings(Keep: 1), Record);
        }

        Assert.That(old, Does.Exist);
        Assert.That(Entries(), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_read_only_connection_restores_nothing()
    {
        var database = new SqliteDatabase(_test.Path, SqliteOpenMode.ReadOnly);

        Assert.That(
            () => database.OpenRestore(_backup, Control()),
            Throws.TypeOf<DatabaseUnavailableException>()
        );
    }

    private void KeepLargeBackup()
    {
        File.Delete(_backup);
        Fill("large", ManyRows);
        KeepBackup();
    }

    private static CopyControl Control() => SqliteBackupTests.Control();

    private void Refuses<TFailure>(string file)
        where TFailure : Exception
    {
        var before = SqliteBackupTests.Dump(_test.Path);
        Assert.That(() => Database.OpenRestore(file, Control()), Throws.TypeOf<TFailure>());
        Assert.That(SqliteBackupTests.Dump(_test.Path), Is.EqualTo(before));
    }

    private RestoreResult Restore(BackupSettings? backup)
    {
        using var restore = Database.OpenRestore(_backup, Control());
        return restore.Run(backup, Record);
    }

    private void Fill(string note, int rows = FewRows) =>
        _test.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS "VersionInfo" ("Version" INTEGER NOT NULL);
            INSERT INTO "VersionInfo" VALUES (7);
            CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT);
            CREATE INDEX i ON t (note);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
                INSERT INTO t SELECT i, '{note} ' || hex(randomblob(500)) FROM n;
            """
        );

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        connection.Execute(sql);
    }

    /// <summary>Everything in the database's folder but the folder of the backup.</summary>
    private string[] Entries() => Directory.GetFiles(_test.Folder);
}
