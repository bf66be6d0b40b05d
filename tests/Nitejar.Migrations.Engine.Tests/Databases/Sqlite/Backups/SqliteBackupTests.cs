using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>One copy: what it holds, where it appears and what is left where it cannot.</summary>
public sealed class SqliteBackupTests : SqliteBackupFixture
{
    [Test]
    public void The_copy_holds_the_same_and_only_its_owner_may_read_it()
    {
        var backup = Database.BackUp(new BackupSettings(), Control());

        Assert.That(backup.Path, Does.Match(@"/test\.db\.\d{8}T\d{9}Z\.backup$"));
        Assert.That(backup.Bytes, Is.EqualTo(new FileInfo(backup.Path).Length));
        Assert.That(Dump(backup.Path), Is.EqualTo(Dump(Site.Path)));
        Assert.That(Entries(), Is.EquivalentTo(new[] { backup.Path, Site.Path }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(backup.Path), Is.EqualTo(OwnerReadsAndWrites));
        }
    }

    [Test]
    public void A_missing_folder_is_made_for_the_owner_alone()
    {
        var folder = Path.Combine(Site.Folder, "deep", "er");

        var backup = Database.BackUp(new BackupSettings(folder), Control());

        Assert.That(Path.GetDirectoryName(backup.Path), Is.EqualTo(folder));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var made in (string[])[folder, Path.GetDirectoryName(folder)!])
            {
                Assert.That(
                    File.GetUnixFileMode(made),
                    Is.EqualTo(OwnerReadsAndWrites | UnixFileMode.UserExecute),
                    made
                );
            }
        }
    }

    [Test]
    public void A_log_that_is_not_checkpointed_and_a_reader_are_no_obstacle()
    {
        Site.Execute("PRAGMA journal_mode=WAL");
        using var reader = Site.Open();
        reader.Execute("PRAGMA wal_autocheckpoint=0; BEGIN");
        Assert.That(reader.Any("SELECT 1 FROM t"));
        using var writer = Site.Open();
        writer.Execute("PRAGMA wal_autocheckpoint=0");
        writer.Execute("INSERT INTO t VALUES (9999, 'in the log')");

        var backup = Database.BackUp(new BackupSettings(), Control());

        using var copy = SqliteConnections.OpenUnchanging(backup.Path, "copy");
        Assert.That(copy.Any("SELECT 1 FROM t WHERE id = 9999"));
        Assert.That(
            Directory.GetFiles(Site.Folder, "*.backup*"),
            Is.EqualTo(new[] { backup.Path }),
            "nothing beside it"
        );
    }

    [Test]
    public void What_is_committed_while_it_is_copied_is_not_in_it()
    {
        Site.Execute("PRAGMA journal_mode=WAL");
        var before = Dump(Site.Path);
        using var writer = Site.Open();
        var commits = 0;

        // A copy that began again after each commit would otherwise never end.
        void Commit()
        {
            if (commits < 10)
            {
                writer.Execute($"INSERT INTO t VALUES ({10_000 + commits++}, 'late')");
            }
        }

        var backup = Database.BackUp(new BackupSettings(), Control(onProgress: (_, _) => Commit()));

        Assert.That(commits, Is.InRange(1, 9));
        Assert.That(Dump(backup.Path), Is.EqualTo(before));
    }

    [Test]
    public void Progress_ends_with_all_of_it()
    {
        var seen = new List<(long Copied, long Total)>();

        var backup = Database.BackUp(
            new BackupSettings(),
            Control(onProgress: (copied, total) => seen.Add((copied, total)))
        );

        Assert.That(seen, Has.Count.GreaterThan(1));
        Assert.That(seen.Select(s => s.Copied), Is.Ordered);
        Assert.That(seen[^1], Is.EqualTo((backup.Bytes, backup.Bytes)));
    }

    [Test]
    public void A_cancelled_one_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();

        Assert.That(
            () =>
                Database.BackUp(
                    new BackupSettings(),
                    Control(onProgress: (_, _) => cancellation.Cancel(), cancellation.Token)
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );

        Assert.That(Entries(), Is.EqualTo(new[] { Site.Path }));
    }

    [Test]
    public void A_writer_that_keeps_readers_out_is_waited_for_and_the_wait_can_be_cancelled()
    {
        using var writer = Site.Open();
        writer.Execute("BEGIN EXCLUSIVE");
        Assert.That(
            () => Database.BackUp(new BackupSettings(), Control()),
            Throws.TypeOf<LockTimeoutException>()
        );

        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var control = Control(cancellation: cancellation.Token) with
        {
            LockTimeout = TimeSpan.FromMinutes(1),
        };
        Assert.That(
            () => Database.BackUp(new BackupSettings(), control),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void A_damaged_database_makes_no_backup()
    {
        using (var file = new FileStream(Site.Path, FileMode.Open))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096 * 20]);
        }

        Assert.That(
            () => Database.BackUp(new BackupSettings(), Control()),
            Throws.TypeOf<DatabaseUnavailableException>()
        );

        Assert.That(Entries(), Is.EqualTo(new[] { Site.Path }));
    }
}
