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
public sealed class RunBackupTests : RunBackupFixture
{
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
        Assert.That(Directory.GetFiles(Site.Folder), Has.Length.EqualTo(1));
    }

    [TestCase("CREATE TRIGGER r AFTER INSERT ON u BEGIN UPDATE t SET note = NULL; END")]
    [TestCase("CREATE TABLE w (id INTEGER UNIQUE ON CONFLICT REPLACE)")]
    public void An_insert_into_a_database_where_it_may_replace_rows_is(string already)
    {
        Site.Execute("CREATE TABLE u (id)");
        Site.Execute(already);

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
        Site.Execute("DELETE FROM t");

        var result = Run(MigrationsOf.Table(1, "one"), MigrationsOf.Sql(2, "Two", "DROP TABLE t"));

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Backup, Is.Null, "its own tables hold rows, the user's do not");
    }

    [Test]
    public void A_database_that_is_created_has_nothing_to_lose()
    {
        File.Delete(Site.Path);

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
        Assert.That(Directory.GetFiles(Site.Folder), Has.Length.EqualTo(1));
    }
}
