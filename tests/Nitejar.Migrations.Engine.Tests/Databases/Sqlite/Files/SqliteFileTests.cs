using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Files;

/// <summary>What may lie where a database is expected, and what is left behind.</summary>
public sealed class SqliteFileTests : SqliteFileFixture
{
    [Test]
    public void A_failed_first_run_leaves_no_file()
    {
        var broken = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Sql(2, "Broken", "no SQL")
        );

        Assert.That(Up(Folder["x.db"], broken).Failure, Is.TypeOf<MigrationFailedException>());

        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.Empty);
    }

    [Test]
    public void A_first_run_leaves_one_file()
    {
        Assert.That(Up(Folder["x.db"]).Failure, Is.Null);

        Assert.That(
            Directory.GetFileSystemEntries(Folder.Path),
            Is.EqualTo(new[] { Folder["x.db"] })
        );
    }

    [Test]
    public void A_link_to_nowhere_is_filled_where_it_leads()
    {
        File.CreateSymbolicLink(Folder["link.db"], Folder["target.db"]);

        Assert.That(Up(Folder["link.db"]).Failure, Is.Null);

        Assert.That(new FileInfo(Folder["link.db"]).LinkTarget, Is.EqualTo(Folder["target.db"]));
        Assert.That(new FileInfo(Folder["target.db"]).Length, Is.GreaterThan(0));
    }

    [Test]
    public void Whoever_creates_the_database_second_continues_with_the_first_ones()
    {
        var path = Folder["x.db"];
        using var late = Begin(path, Waits(TimeSpan.Zero), default);
        late.AddApplied(new MigrationId(7, "Late"), "Late");
        Assert.That(Up(path).Failure, Is.Null);

        Assert.That(() => late.Commit(), Throws.TypeOf<DatabaseCreatedElsewhereException>());

        late.Dispose();
        Assert.That(Up(path).Steps, Is.Empty);
        Assert.That(Directory.GetFiles(Folder.Path), Has.Length.EqualTo(1));
    }

    [TestCase("garbage", TestName = "garbage")]
    [TestCase("", TestName = "an empty file")]
    [TestCase("SQLite format 3\0 and then nothing of the kind", TestName = "a truncated header")]
    public void What_is_no_database_is_left_alone(string content)
    {
        var path = Folder["x.db"];
        File.WriteAllText(path, content);

        var result = Up(path);

        Assert.That(result.Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(result.Failure!.Message, Does.Contain(path));
        Assert.That(File.ReadAllText(path), Is.EqualTo(content));
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_directory_is_no_database() =>
        Assert.That(Up(Folder.Path).Failure, Is.TypeOf<DatabaseUnavailableException>());

    [Test]
    public void A_folder_that_is_missing_is_not_made()
    {
        Assert.That(Up(Folder["no/such/x.db"]).Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(Directory.Exists(Folder["no"]), Is.False);
    }

    [Test]
    public void The_journal_of_a_database_that_is_gone_is_not_mixed_into_a_new_one()
    {
        File.WriteAllText(Folder["x.db-journal"], "left over");

        var failure = Up(Folder["x.db"]).Failure;

        Assert.That(failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(failure!.Message, Does.Contain("x.db-journal"));
    }

    [TestCase(SqliteOpenMode.ReadOnly)]
    [TestCase(SqliteOpenMode.ReadWrite)]
    public void A_mode_that_forbids_creating_is_honoured(SqliteOpenMode mode)
    {
        var database = new SqliteDatabase(Folder["x.db"], mode);

        Assert.That(Up(database, Catalog).Failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.Empty);
    }

    [Test]
    public void Reading_a_database_in_WAL_mode_leaves_nothing_beside_it()
    {
        var path = Folder["x.db"];
        Assert.That(Up(path).Failure, Is.Null);
        Execute(path, "PRAGMA journal_mode=WAL; CREATE TABLE w (id INTEGER)");

        using (var reader = new SqliteDatabase(path).OpenReader(TimeSpan.Zero)!)
        {
            Assert.That(reader.ReadApplied(), Has.Count.EqualTo(1));
        }

        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void A_reader_cannot_write()
    {
        var path = Folder["x.db"];
        Assert.That(Up(path).Failure, Is.Null);
        using var connection = SqliteConnections.OpenToRead(path, path, TimeSpan.Zero);

        Assert.That(
            () => connection.Execute("CREATE TABLE t (id INTEGER)"),
            Throws.TypeOf<SqliteException>()
        );
    }
}
