using FluentMigrator;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>Which runs take a backup first, and what becomes of a run whose backup fails.</summary>
public sealed class RunBackupTests
{
    private SqliteTestDatabase _database = null!;

    [SetUp]
    public void CreateDatabase()
    {
        _database = new SqliteTestDatabase();
        _database.Execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO t VALUES (1, 'kept')"
        );
    }

    [TearDown]
    public void DeleteDatabase() => _database.Dispose();

    [TestCase("DROP TABLE t")]
    [TestCase("DELETE FROM t")]
    [TestCase("UPDATE t SET note = NULL")]
    [TestCase("ALTER TABLE t DROP COLUMN note")]
    [TestCase("ALTER TABLE t RENAME TO u")]
    [TestCase("CREATE TABLE u (id); INSERT INTO u SELECT id FROM t; DROP TABLE t")]
    [TestCase("INSERT OR REPLACE INTO t VALUES (1, 'lost')")]
    [TestCase("INSERT INTO t VALUES (1, 'x') ON CONFLICT DO UPDATE SET note = 'lost'")]
    [TestCase("PRAGMA writable_schema = ON -- nitejar-migrate: unrestricted")]
    [TestCase(
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END; INSERT INTO t VALUES (2, '')"
    )]
    public void SQL_that_may_touch_rows_is_preceded_by_a_backup(string sql)
    {
        var result = Run(MigrationsOf.Sql(1, "One", sql));

        Assert.That(result.Failure, Is.Null);
        Assert.That(Rows(result.Backup!), Is.EqualTo(new[] { "1|kept" }));
    }

    [TestCase("CREATE TABLE u (id INTEGER)")]
    [TestCase("ALTER TABLE t ADD COLUMN more TEXT")]
    [TestCase("CREATE INDEX i ON t (note); CREATE VIEW v AS SELECT * FROM t")]
    [TestCase("INSERT INTO t VALUES (2, 'drop; delete')")]
    [TestCase("")]
    public void SQL_that_only_adds_is_not(string sql)
    {
        var result = Run(MigrationsOf.Sql(1, "One", sql));

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Backup, Is.Null);
        Assert.That(Directory.GetFiles(_database.Folder), Has.Length.EqualTo(1));
    }

    [TestCase("CREATE TRIGGER r AFTER INSERT ON u BEGIN UPDATE t SET note = NULL; END")]
    [TestCase("CREATE TABLE w (id INTEGER UNIQUE ON CONFLICT REPLACE)")]
    public void An_insert_into_a_database_where_it_may_replace_rows_is(string already)
    {
        _database.Execute("CREATE TABLE u (id)");
        _database.Execute(already);

        Assert.That(
            Run(MigrationsOf.Sql(1, "One", "INSERT INTO u VALUES (1)")).Backup,
            Is.Not.Null
        );
    }

    [Test]
    public void Code_is_preceded_by_a_backup() =>
        Assert.That(
            Run(
                MigrationsOf.Code(1, "One", m => m.Execute.WithConnection((_, _) => { }), _ => { })
            ).Backup,
            Is.Not.Null
        );

    [Test]
    public void A_question_counts_as_soon_as_an_earlier_step_could_change_its_answer()
    {
        static void Ask(Migration m)
        {
            if (m.Schema.Table("first").Exists())
            {
                m.Delete.Table("t");
            }
        }

        var asks = MigrationsOf.Code(1, "Asks", Ask, _ => { });
        Assert.That(Run(asks).Backup, Is.Null, "alone");

        var result = Run(
            asks,
            MigrationsOf.Table(2, "first"),
            MigrationsOf.Code(3, "AsksAgain", Ask, _ => { })
        );

        Assert.That(result.Failure, Is.Null);
        Assert.That(Rows(result.Backup!), Is.EqualTo(new[] { "1|kept" }));
    }

    [Test]
    public void A_Down_is_preceded_by_a_backup()
    {
        var one = MigrationsOf.Sql(1, "One", "CREATE TABLE u (id)", "DROP TABLE u");
        Run(one);

        var result = Run(new DownRequest(), new BackupSettings(), one);

        Assert.That(result.Backup, Is.Not.Null);
    }

    [Test]
    public void A_database_without_rows_has_nothing_to_lose()
    {
        _database.Execute("DELETE FROM t");

        var result = Run(MigrationsOf.Table(1, "one"), MigrationsOf.Sql(2, "Two", "DROP TABLE t"));

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Backup, Is.Null, "its own tables hold rows, the user's do not");
    }

    [Test]
    public void A_database_that_is_created_has_nothing_to_lose()
    {
        File.Delete(_database.Path);

        var result = Run(
            MigrationsOf.Sql(1, "One", "CREATE TABLE t (id)"),
            MigrationsOf.Sql(2, "Two", "DROP TABLE t")
        );

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Backup, Is.Null);
    }

    [Test]
    public void Without_settings_there_is_none()
    {
        var result = Run(new UpRequest(), backup: null, MigrationsOf.Sql(1, "One", "DROP TABLE t"));

        Assert.That(result.Failure, Is.Null);
        Assert.That(Directory.GetFiles(_database.Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_backup_has_what_was_committed_before_the_run_and_nothing_of_it()
    {
        _database.Execute("PRAGMA journal_mode=WAL");
        using var writer = _database.Open();
        writer.Execute("PRAGMA wal_autocheckpoint=0");
        writer.Execute("INSERT INTO t VALUES (2, 'in the log')");
        Assert.That(new FileInfo(_database.Path + "-wal").Length, Is.GreaterThan(0));

        var result = Run(MigrationsOf.Sql(1, "One", "DELETE FROM t"));

        Assert.That(result.Failure, Is.Null);
        Assert.That(Rows(result.Backup!), Is.EqualTo(new[] { "1|kept", "2|in the log" }));
    }

    [Test]
    public void A_backup_that_fails_stops_the_run_before_it_begins()
    {
        var before = _database.Dump();
        File.WriteAllText(System.IO.Path.Combine(_database.Folder, "taken"), "a file");

        var result = Run(
            new UpRequest(),
            new BackupSettings(System.IO.Path.Combine(_database.Folder, "taken")),
            MigrationsOf.Sql(1, "One", "DROP TABLE t")
        );

        Assert.That(result.Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(result.Failure!.Message, Does.Contain("taken"));
        Assert.That(((MigrateException)result.Failure).NextStep, Does.Contain("--no-backup"));
        Assert.That(result.Steps[0].State, Is.EqualTo(StepState.NotRun));
        Assert.That(_database.Dump(), Is.EqualTo(before));
    }

    [TestCase("DELETE FROM t; SELECT no_such_column")]
    [TestCase("DROP TABLE t; CREATE TABLE t (id); CREATE TABLE t (id)")]
    public void A_run_that_fails_leaves_no_backup_and_costs_no_older_one(string sql)
    {
        string[] older =
        [
            .. Enumerable.Range(1, 3).Select(i => $"{_database.Path}.2020010{i}T000000000Z.backup"),
        ];
        Array.ForEach(older, path => File.WriteAllText(path, ""));

        var result = Run(
            new UpRequest(),
            new BackupSettings(Keep: 1),
            MigrationsOf.Sql(1, "One", sql)
        );

        Assert.That(result.Failure, Is.Not.Null);
        Assert.That(result.Backup, Is.Null);
        Assert.That(
            Directory.GetFiles(_database.Folder),
            Is.EquivalentTo(older.Append(_database.Path))
        );

        var good = MigrationsOf.Sql(1, "One", "DELETE FROM t");
        Assert.That(Run(new UpRequest(), new BackupSettings(Keep: 1), good).Failure, Is.Null);
        Assert.That(Directory.GetFiles(_database.Folder), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_Down_that_will_be_refused_is_not_backed_up_for_nothing()
    {
        var drops = MigrationsOf.Sql(1, "One", "SELECT 1", "DROP TABLE t");
        _ = Run(drops);
        File.WriteAllText(System.IO.Path.Combine(_database.Folder, "taken"), "a file");
        var impossible = new BackupSettings(System.IO.Path.Combine(_database.Folder, "taken"));

        var refused = Run(new DownRequest(), impossible, allowsDataLoss: false, drops);

        Assert.That(refused.Failure, Is.InstanceOf<DataLossRefusedException>());
        Assert.That(refused.Backup, Is.Null);
    }

    [TestCase("DELETE FROM t")]
    [TestCase("CREATE TABLE u (id); DELETE FROM t; DROP TABLE u")]
    public void A_Down_that_turns_out_to_be_refused_leaves_no_backup(string down)
    {
        var deletes = MigrationsOf.Sql(1, "One", "SELECT 1", down);
        _ = Run(new UpRequest(), backup: null, deletes);

        var refused = Run(new DownRequest(), new BackupSettings(), allowsDataLoss: false, deletes);

        Assert.That(refused.Failure, Is.InstanceOf<DataLossRefusedException>());
        Assert.That(refused.Backup, Is.Null);
        Assert.That(Directory.GetFiles(_database.Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_Down_that_drops_a_table_and_takes_nothing_away_is_preceded_by_a_backup()
    {
        var rebuilds = MigrationsOf.Sql(
            1,
            "One",
            "SELECT 1",
            "CREATE TABLE u AS SELECT id, upper(note) note FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t"
        );
        _ = Run(rebuilds);

        var result = Run(new DownRequest(), new BackupSettings(), allowsDataLoss: false, rebuilds);

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Steps.Single().State, Is.EqualTo(StepState.Reverted));
        Assert.That(Rows(result.Backup!), Is.EqualTo(new[] { "1|kept" }));
        Assert.That(Rows(_database.Path), Is.EqualTo(new[] { "1|KEPT" }));
    }

    [Test]
    public void A_run_that_cannot_be_evaluated_fails_as_it_would_without_a_backup()
    {
        var result = Run(
            MigrationsOf.Code(1, "Throws", _ => throw new InvalidOperationException("no"), _ => { })
        );

        Assert.That(result.Failure, Is.TypeOf<MigrationFailedException>());
        Assert.That(result.Steps[0].State, Is.EqualTo(StepState.Failed));
    }

    private RunResult Run(params KnownMigration[] migrations) =>
        Run(new UpRequest(), new BackupSettings(), migrations);

    private RunResult Run(
        MigrationRequest request,
        BackupSettings? backup,
        params KnownMigration[] migrations
    ) => Run(request, backup, allowsDataLoss: true, migrations);

    private RunResult Run(
        MigrationRequest request,
        BackupSettings? backup,
        bool allowsDataLoss,
        params KnownMigration[] migrations
    ) =>
        new MigrationRunner(
            _database.Database,
            MigrationsOf.Catalog(migrations),
            () => HistoryOf.Origin
        ).Run(
            request,
            new RunSettings(
                TimeSpan.FromSeconds(5),
                Consent: allowsDataLoss ? Consent.ToRequest : Consent.NotGiven,
                Backup: backup
            ),
            new NoObserver(),
            CancellationToken.None
        );

    private static string[] Rows(string backup)
    {
        using var connection = new SqliteConnection(
            $"Data Source=file:{backup}?immutable=1;Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        return [.. connection.Query("SELECT id || '|' || note FROM t", row => row.GetString(0))];
    }

    private sealed class NoObserver : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(migration);
    }
}
