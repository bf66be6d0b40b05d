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

/// <summary>The backup where the run is refused or fails.</summary>
public sealed class RunBackupOutcomeTests : RunBackupFixture
{
    [Test]
    public void The_backup_has_what_was_committed_before_the_run_and_nothing_of_it()
    {
        Site.Execute("PRAGMA journal_mode=WAL");
        using var writer = Site.Open();
        writer.Execute("PRAGMA wal_autocheckpoint=0");
        writer.Execute("INSERT INTO t VALUES (2, 'in the log')");
        Assert.That(new FileInfo(Site.Path + "-wal").Length, Is.GreaterThan(0));

        var result = Run(MigrationsOf.Sql(1, "One", "DELETE FROM t"));

        Assert.That(result.Failure, Is.Null);
        Assert.That(Rows(result.Backup!), Is.EqualTo(new[] { "1|kept", "2|in the log" }));
    }

    [Test]
    public void A_backup_that_fails_stops_the_run_before_it_begins()
    {
        var before = Site.Dump();
        File.WriteAllText(System.IO.Path.Combine(Site.Folder, "taken"), "a file");

        var result = Run(
            new UpRequest(),
            new BackupSettings(System.IO.Path.Combine(Site.Folder, "taken")),
            MigrationsOf.Sql(1, "One", "DROP TABLE t")
        );

        Assert.That(result.Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(result.Failure!.Message, Does.Contain("taken"));
        Assert.That(((MigrateException)result.Failure).NextStep, Does.Contain("--no-backup"));
        Assert.That(result.Steps[0].State, Is.EqualTo(StepState.NotRun));
        Assert.That(Site.Dump(), Is.EqualTo(before));
    }

    [TestCase("DELETE FROM t; SELECT no_such_column")]
    [TestCase("DROP TABLE t; CREATE TABLE t (id); CREATE TABLE t (id)")]
    public void A_run_that_fails_leaves_no_backup_and_costs_no_older_one(string sql)
    {
        string[] older =
        [
            .. Enumerable.Range(1, 3).Select(i => $"{Site.Path}.2020010{i}T000000000Z.backup"),
        ];
        Array.ForEach(older, path => File.WriteAllText(path, ""));

        var result = Run(
            new UpRequest(),
            new BackupSettings(Keep: 1),
            MigrationsOf.Sql(1, "One", sql)
        );

        Assert.That(result.Failure, Is.Not.Null);
        Assert.That(result.Backup, Is.Null);
        Assert.That(Directory.GetFiles(Site.Folder), Is.EquivalentTo(older.Append(Site.Path)));

        var good = MigrationsOf.Sql(1, "One", "DELETE FROM t");
        Assert.That(Run(new UpRequest(), new BackupSettings(Keep: 1), good).Failure, Is.Null);
        Assert.That(Directory.GetFiles(Site.Folder), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_Down_that_will_be_refused_is_not_backed_up_for_nothing()
    {
        var drops = MigrationsOf.Sql(1, "One", "SELECT 1", "DROP TABLE t");
        _ = Run(drops);
        File.WriteAllText(System.IO.Path.Combine(Site.Folder, "taken"), "a file");
        var impossible = new BackupSettings(System.IO.Path.Combine(Site.Folder, "taken"));

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
        Assert.That(Directory.GetFiles(Site.Folder), Has.Length.EqualTo(1));
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
        Assert.That(Rows(Site.Path), Is.EqualTo(new[] { "1|KEPT" }));
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
}
