using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>Backups have names that tell them apart, and older ones go.</summary>
public sealed class SqliteBackupFolderTests : SqliteBackupFixture
{
    [Test]
    public void A_name_that_is_taken_is_left_alone_whatever_has_it()
    {
        var file = Path.Combine(Site.Folder, "file");
        var link = Path.Combine(Site.Folder, "link");
        File.WriteAllText(file, "mine");
        File.CreateSymbolicLink(link, Path.Combine(Site.Folder, "nowhere"));

        foreach (var taken in new[] { file, link })
        {
            Assert.That(
                () => Database.BackUpTo(taken, Control()),
                Throws.TypeOf<RefusedException>()
            );
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo("mine"));
        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, file, link }));
    }

    [Test]
    public void A_name_that_is_taken_meanwhile_is_left_alone_too()
    {
        var target = Path.Combine(Site.Folder, "late");

        Assert.That(
            () =>
                Database.BackUpTo(
                    target,
                    Control(onProgress: (_, _) => File.WriteAllText(target, "mine"))
                ),
            Throws.TypeOf<RefusedException>()
        );

        Assert.That(File.ReadAllText(target), Is.EqualTo("mine"));
        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, target }));
    }

    [Test]
    public void The_newest_are_kept_and_what_is_no_backup_of_this_database_too()
    {
        string[] others =
        [
            "other.db.20200101T000000000Z.backup",
            "test.db.20200101T000000000Z.backup.bak",
            "test.db.2020.backup",
            "test.db.99999999T999999999Z.backup",
            "test.db-20200101T000000000Z.backup",
        ];
        string[] ours =
        [
            "test.db.20200101T000000000Z.backup",
            "test.db.20210101T000000000Z.backup",
            "test.db.20220101T000000000Z.backup",
        ];
        foreach (var name in others.Concat(ours))
        {
            File.WriteAllText(Path.Combine(Site.Folder, name), name);
        }

        var link = "test.db.20190101T000000000Z.backup";
        File.CreateSymbolicLink(Path.Combine(Site.Folder, link), Site.Path);

        var backup = Database.BackUp(new BackupSettings(Keep: 2), Control());

        Assert.That(Database.Prune(new BackupSettings(Keep: 2), backup), Is.Empty);
        Assert.That(
            Entries().Select(Path.GetFileName),
            Is.EquivalentTo(
                (string[])[.. others, ours[^1], link, "test.db", Path.GetFileName(backup.Path)]
            )
        );
    }

    [Test]
    public void Unfinished_copies_of_killed_processes_are_removed_once_they_are_old()
    {
        var old = $"{Site.Path}.20200101T000000000Z.backup.new-0123abcd";
        var young = $"{Site.Path}.20200101T000000000Z.backup.new-4567abcd";
        var foreign = Path.Combine(Site.Folder, "other.db.20200101T000000000Z.backup.new-0123abcd");
        foreach (var path in (string[])[old, young, foreign])
        {
            File.WriteAllText(path, "");
        }

        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddHours(-2));

        var backup = Database.BackUp(new BackupSettings(), Control());
        _ = Database.Prune(new BackupSettings(), backup);

        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, backup.Path, young, foreign }));
    }

    [Test]
    public void A_clock_that_was_set_back_does_not_cost_the_new_one()
    {
        var later = Path.Combine(Site.Folder, "test.db.29990101T000000000Z.backup");
        File.WriteAllText(later, "");

        var backup = Database.BackUp(new BackupSettings(Keep: 1), Control());
        _ = Database.Prune(new BackupSettings(Keep: 1), backup);

        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, backup.Path }));
    }

    [Test]
    public void Names_that_mean_something_in_a_URL_are_names()
    {
        var odd = Path.Combine(Site.Folder, "a?b#c%41&mode=memory ü'.backup");

        var backup = Database.BackUpTo(odd, Control());

        Assert.That(backup.Path, Is.EqualTo(odd));
        Assert.That(Entries(), Is.EquivalentTo(new[] { Site.Path, odd }));
    }

    [Test]
    public void Two_names_of_one_file_are_known()
    {
        var link = Path.Combine(Site.Folder, "link");
        File.CreateSymbolicLink(link, Site.Path);
        var file = Path.Combine(Site.Folder, "file");
        File.WriteAllText(file, "");

        Assert.That(FileStatus.IsSame(link, Site.Path));
        Assert.That(FileStatus.IsSame(file, Site.Path), Is.False);
        Assert.That(FileStatus.IsRegularFile(link));
        Assert.That(FileStatus.IsRegularFile(Site.Folder), Is.False);
        Assert.That(FileStatus.IsRegularFile(file + "x"), Is.False);
    }
}
