using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Backups;

/// <summary>What is not restored, and over what.</summary>
public sealed class SqliteRestoreRefusalTests : SqliteRestoreFixture
{
    [Test]
    public void A_backup_in_the_middle_of_a_transaction_is_refused()
    {
        File.WriteAllText(Backup + "-journal", "hot");

        Refuses<DatabaseUnavailableException>(Backup);
    }

    [Test]
    public void A_damaged_backup_is_refused()
    {
        using (var file = new FileStream(Backup, FileMode.Open))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096]);
        }

        Refuses<DatabaseUnavailableException>(Backup);
    }

    [TestCase("garbage")]
    [TestCase("")]
    public void What_is_no_database_is_not_restored(string text)
    {
        File.WriteAllText(Backup, text);

        Refuses<DatabaseUnavailableException>(Backup);

        Assert.That(File.ReadAllText(Backup), Is.EqualTo(text));
    }

    [Test]
    public void Neither_a_folder_nor_nothing_is_restored()
    {
        Refuses<DatabaseUnavailableException>(Site.Folder);
        Refuses<DatabaseUnavailableException>(Backup + "x");
    }

    [Test]
    public void The_database_is_not_restored_from_itself()
    {
        var link = Path.Combine(Site.Folder, "link");
        File.CreateSymbolicLink(link, Site.Path);

        Refuses<InvalidRequestException>(Site.Path);
        Refuses<InvalidRequestException>(link);
    }

    [TestCase("DELETE", "BEGIN; SELECT * FROM new")]
    [TestCase("DELETE", "BEGIN IMMEDIATE")]
    [TestCase("WAL", "SELECT * FROM new")]
    public void A_database_that_is_in_use_is_not_replaced(string journalMode, string use)
    {
        Site.Execute($"PRAGMA journal_mode={journalMode}; INSERT INTO new VALUES (1)");
        using var user = Site.Open();
        user.Execute(use);
        using var restore = Database.OpenRestore(Backup, Control());

        var locked = Assert.Throws<LockTimeoutException>(() => restore.Run(null, Record));

        Assert.That(locked.NextStep, Does.Contain("Stop the programs"));
    }

    [Test]
    public void A_read_only_connection_restores_nothing()
    {
        var database = new SqliteDatabase(Site.Path, SqliteOpenMode.ReadOnly);

        Assert.That(
            () => database.OpenRestore(Backup, Control()),
            Throws.TypeOf<DatabaseUnavailableException>()
        );
    }
}
