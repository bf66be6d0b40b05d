using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>One copy: what it holds, where it appears and what is left where it cannot.</summary>
public sealed class SqliteBackupTests
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private SqliteTestDatabase _test = null!;

    private SqliteDatabase Database => (SqliteDatabase)_test.Database;

    [SetUp]
    public void CreateDatabase()
    {
        _test = new SqliteTestDatabase();
        _test.Execute(
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
    public void DeleteDatabase() => _test.Dispose();

    [Test]
    public void The_copy_holds_the_same_and_only_its_owner_may_read_it()
    {
        var backup = Database.BackUp(new BackupSettings(), Control());

        Assert.That(backup.Path, Does.Match(@"/test\.db\.\d{8}T\d{9}Z\.backup$"));
        Assert.That(backup.Bytes, Is.EqualTo(new FileInfo(backup.Path).Length));
        Assert.That(Dump(backup.Path), Is.EqualTo(Dump(_test.Path)));
        Assert.That(Entries(), Is.EquivalentTo(new[] { backup.Path, _test.Path }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(backup.Path), Is.EqualTo(OwnerReadsAndWrites));
        }
    }

    [Test]
    public void A_missing_folder_is_made_for_the_owner_alone()
    {
        var folder = Path.Combine(_test.Folder, "deep", "er");

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
        _test.Execute("PRAGMA journal_mode=WAL");
        using var reader = _test.Open();
        reader.Execute("PRAGMA wal_autocheckpoint=0; BEGIN");
        Assert.That(reader.Any("SELECT 1 FROM t"));
        using var writer = _test.Open();
        writer.Execute("PRAGMA wal_autocheckpoint=0");
        writer.Execute("INSERT INTO t VALUES (9999, 'in the log')");

        var backup = Database.BackUp(new BackupSettings(), Control());

        using var copy = SqliteConnections.OpenUnchanging(backup.Path, "copy");
        Assert.That(copy.Any("SELECT 1 FROM t WHERE id = 9999"));
        Assert.That(
            Directory.GetFiles(_test.Folder, "*.backup*"),
            Is.EqualTo(new[] { backup.Path }),
            "nothing beside it"
        );
    }

    [Test]
    public void What_is_committed_while_it_is_copied_is_not_in_it()
    {
        _test.Execute("PRAGMA journal_mode=WAL");
        var before = Dump(_test.Path);
        using var writer = _test.Open();
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

        Assert.That(Entries(), Is.EqualTo(new[] { _test.Path }));
    }

    [Test]
    public void A_writer_that_keeps_readers_out_is_waited_for_and_the_wait_can_be_cancelled()
    {
        using var writer = _test.Open();
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
        using (var file = new FileStream(_test.Path, FileMode.Open))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096 * 20]);
        }

        Assert.That(
            () => Database.BackUp(new BackupSettings(), Control()),
            Throws.TypeOf<DatabaseUnavailableException>()
        );

        Assert.That(Entries(), Is.EqualTo(new[] { _test.Path }));
    }

    [Test]
    public void A_name_that_is_taken_is_left_alone_whatever_has_it()
    {
        var file = Path.Combine(_test.Folder, "file");
        var link = Path.Combine(_test.Folder, "link");
        File.WriteAllText(file, "mine");
        File.CreateSymbolicLink(link, Path.Combine(_test.Folder, "nowhere"));

        foreach (var taken in new[] { file, link })
        {
            Assert.That(
                () => Database.BackUpTo(taken, Control()),
                Throws.TypeOf<RefusedException>()
            );
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo("mine"));
        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, file, link }));
    }

    [Test]
    public void A_name_that_is_taken_meanwhile_is_left_alone_too()
    {
        var target = Path.Combine(_test.Folder, "late");

        Assert.That(
            () =>
                Database.BackUpTo(
                    target,
                    Control(onProgress: (_, _) => File.WriteAllText(target, "mine"))
                ),
            Throws.TypeOf<RefusedException>()
        );

        Assert.That(File.ReadAllText(target), Is.EqualTo("mine"));
        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, target }));
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
            File.WriteAllText(Path.Combine(_test.Folder, name), name);
        }

        var link = "test.db.20190101T000000000Z.backup";
        File.CreateSymbolicLink(Path.Combine(_test.Folder, link), _test.Path);

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
        var old = $"{_test.Path}.20200101T000000000Z.backup.new-0123abcd";
        var young = $"{_test.Path}.20200101T000000000Z.backup.new-4567abcd";
        var foreign = Path.Combine(
            _test.Folder,
            "other.db.20200101T000000000Z.backup.new-0123abcd"
        );
        foreach (var path in (string[])[old, young, foreign])
        {
            File.WriteAllText(path, "");
        }

        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddHours(-2));

        var backup = Database.BackUp(new BackupSettings(), Control());
        _ = Database.Prune(new BackupSettings(), backup);

        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, backup.Path, young, foreign }));
    }

    [Test]
    public void A_clock_that_was_set_back_does_not_cost_the_new_one()
    {
        var later = Path.Combine(_test.Folder, "test.db.29990101T000000000Z.backup");
        File.WriteAllText(later, "");

        var backup = Database.BackUp(new BackupSettings(Keep: 1), Control());
        _ = Database.Prune(new BackupSettings(Keep: 1), backup);

        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, backup.Path }));
    }

    [Test]
    public void Names_that_mean_something_in_a_URL_are_names()
    {
        var odd = Path.Combine(_test.Folder, "a?b#c%41&mode=memory ü'.backup");

        var backup = Database.BackUpTo(odd, Control());

        Assert.That(backup.Path, Is.EqualTo(odd));
        Assert.That(Entries(), Is.EquivalentTo(new[] { _test.Path, odd }));
    }

    [Test]
    public void Two_names_of_one_file_are_known()
    {
        var link = Path.Combine(_test.Folder, "link");
        File.CreateSymbolicLink(link, _test.Path);
        var file = Path.Combine(_test.Folder, "file");
        File.WriteAllText(file, "");

        Assert.That(FileStatus.IsSame(link, _test.Path));
        Assert.That(FileStatus.IsSame(file, _test.Path), Is.False);
        Assert.That(FileStatus.IsRegularFile(link));
        Assert.That(FileStatus.IsRegularFile(_test.Folder), Is.False);
        Assert.That(FileStatus.IsRegularFile(file + "x"), Is.False);
    }

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

    private string[] Entries() => Directory.GetFileSystemEntries(_test.Folder);
}
