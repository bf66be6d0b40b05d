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
public sealed class SqliteRestoreTests : SqliteRestoreFixture
{
    [TestCase("DELETE", "DELETE")]
    [TestCase("DELETE", "WAL")]
    [TestCase("WAL", "DELETE")]
    [TestCase("WAL", "WAL")]
    public void Everything_is_as_in_the_backup_whatever_the_journal_modes(
        string ofBackup,
        string ofDatabase
    )
    {
        Execute(Backup, $"PRAGMA journal_mode={ofBackup}");
        Site.Execute($"PRAGMA journal_mode={ofDatabase}");
        var before = SqliteBackupTests.Dump(Site.Path);

        var result = Restore(new BackupSettings());

        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
        Assert.That(SqliteBackupTests.Dump(result.Backup!), Is.EqualTo(before));
        Assert.That(result.MovedAside, Is.Null);
        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, result.Backup }));
    }

    [TestCase("DELETE", 512)]
    [TestCase("DELETE", 65536)]
    [TestCase("WAL", 512)]
    [TestCase("WAL", 65536)]
    public void Another_page_size_is_no_obstacle(string journalMode, int pageSize)
    {
        Site.Execute(
            $"PRAGMA journal_mode=DELETE; PRAGMA page_size={pageSize}; VACUUM; PRAGMA journal_mode={journalMode}"
        );
        Assert.That(Site.Query("PRAGMA page_size"), Is.EqualTo(new[] { $"{pageSize}" }));

        Restore(backup: null);

        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
        Assert.That(Site.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("DELETE")]
    [TestCase("WAL")]
    public void Nobody_comes_between_the_backup_and_the_restore(string journalMode)
    {
        KeepLargeBackup();
        Site.Execute($"PRAGMA journal_mode={journalMode}");
        var attempts = 0;
        var control = Control() with
        {
            OnProgress = (_, _) =>
            {
                attempts++;
                using var other = Site.Open();
                other.DefaultTimeout = -1;
                Assert.That(
                    () => other.Execute("CREATE TABLE other (a)"),
                    Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(5)
                );
            },
        };

        using var restore = Database.OpenRestore(Backup, control);
        restore.Run(new BackupSettings(), Record);

        Assert.That(attempts, Is.GreaterThan(2));
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
    }

    [TestCase("DELETE", 4096)]
    [TestCase("WAL", 4096)]
    [TestCase("WAL", 512)]
    public void A_cancelled_restore_changes_nothing(string journalMode, int pageSize)
    {
        KeepLargeBackup();
        Site.Execute($"PRAGMA page_size={pageSize}; VACUUM; PRAGMA journal_mode={journalMode}");
        var before = SqliteBackupTests.Dump(Site.Path);
        using var cancellation = new CancellationTokenSource();
        var control = Control() with
        {
            OnProgress = (_, _) => cancellation.Cancel(),
            Cancellation = cancellation.Token,
        };

        using (var restore = Database.OpenRestore(Backup, control))
        {
            Assert.That(
                () => restore.Run(null, Record),
                Throws.InstanceOf<OperationCanceledException>()
            );
        }

        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(before));
        Assert.That(
            Site.Query("PRAGMA journal_mode"),
            Is.EqualTo(new[] { journalMode.ToLowerInvariant() })
        );
        Assert.That(Site.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test]
    public void A_backup_with_a_log_beside_it_is_restored_with_what_the_log_holds()
    {
        using var owner = Open(Backup);
        owner.Execute(
            "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; INSERT INTO t VALUES (9999, 'in the log')"
        );

        Restore(backup: null);

        Assert.That(Site.Query("SELECT note FROM t WHERE id = 9999"), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_preview_counts_what_is_there_and_what_would_be()
    {
        Site.Execute("INSERT INTO new VALUES (1); DELETE FROM VersionInfo");
        using var restore = Database.OpenRestore(Backup, Control());

        var preview = restore.Preview();

        Assert.That(preview.Now!.Tables, Is.EqualTo(new[] { new TableRows("new", 1) }));
        Assert.That(preview.Now.Versions, Is.Empty);
        Assert.That(preview.Then.Tables, Is.EqualTo(new[] { new TableRows("t", FewRows) }));
        Assert.That(preview.Then.Versions, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public void The_file_that_was_restored_is_not_pruned_as_too_old()
    {
        var old = $"{Site.Path}.20200101T000000000Z.backup";
        File.Copy(Backup, old);
        using (var restore = Database.OpenRestore(old, Control()))
        {
            restore.Run(new BackupSettings(Keep: 1), Record);
        }

        Assert.That(old, Does.Exist);
        Assert.That(Entries(), Has.Length.EqualTo(3));
    }
}
