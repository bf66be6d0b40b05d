using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>A complete file takes the place of a database that is missing or damaged.</summary>
public sealed class SqliteReplacedFileTests : SqliteRestoreFixture
{
    [Test]
    public void A_database_that_is_missing_appears_complete()
    {
        File.Delete(Site.Path);

        var result = Restore(new BackupSettings());

        Assert.That(result, Is.EqualTo(result with { Backup = null, MovedAside = null }));
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
        Assert.That(Entries(), Is.EqualTo(new[] { Site.Path }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                File.GetUnixFileMode(Site.Path),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
        }
    }

    [TestCase("garbage that is not a database", TestName = "garbage is kept")]
    [TestCase("", TestName = "an empty file is kept")]
    [TestCase("SQLite format 3\0 and nothing of the kind", TestName = "a broken header is kept")]
    public void What_is_no_database_is_moved_aside(string text)
    {
        File.WriteAllText(Site.Path, text);
        File.WriteAllText(Site.Path + "-wal", "a log");

        var result = Restore(new BackupSettings());

        Assert.That(result.MovedAside, Does.StartWith(Site.Path + ".damaged-"));
        Assert.That(File.ReadAllText(result.MovedAside!), Is.EqualTo(text));
        Assert.That(File.ReadAllText(result.MovedAside + "-wal"), Is.EqualTo("a log"));
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
        Assert.That(
            Entries(),
            Is.SupersetOf(new[] { Site.Path, result.MovedAside, result.MovedAside + "-wal" })
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
        File.WriteAllText(Site.Path, "garbage");
        File.SetUnixFileMode(Site.Path, Shared | UnixFileMode.SetUser | UnixFileMode.UserExecute);

        Restore(new BackupSettings());

        Assert.That(File.GetUnixFileMode(Site.Path), Is.EqualTo(Shared));
    }

    [Test]
    public void A_database_with_a_damaged_page_is_moved_aside()
    {
        Fill("more");
        using (var file = new FileStream(Site.Path, FileMode.Open))
        {
            file.Position = 4096 * 5;
            file.Write(new byte[4096 * 3]);
        }

        var damaged = File.ReadAllBytes(Site.Path);

        var result = Restore(new BackupSettings());

        Assert.That(result.Backup, Is.Null);
        Assert.That(File.ReadAllBytes(result.MovedAside!), Is.EqualTo(damaged));
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
    }

    [Test]
    public void The_log_of_a_database_that_is_gone_is_not_mixed_in()
    {
        File.Delete(Site.Path);
        File.WriteAllText(Site.Path + "-wal", "a log");

        var result = Restore(new BackupSettings());

        Assert.That(File.ReadAllText(result.MovedAside!), Is.EqualTo("a log"));
        Assert.That(File.Exists(Site.Path + "-wal"), Is.False);
        Assert.That(SqliteBackupTests.Dump(Site.Path), Is.EqualTo(Content));
    }
}
