using System.Runtime.Versioning;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Copies;

/// <summary>Which runs take a backup, where it goes, and what <c>backup</c> says.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class BackupTests : WorkplaceTests
{
    private const string BackupName = "x\\.db\\.[0-9]{8}T[0-9]{9}Z\\.backup";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [SetUp]
    public void MigrateAndFill()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        RowsOf.Agent(Place, "x.db");
    }

    [Test]
    public void A_down_leaves_a_copy_of_what_was_there_and_names_it()
    {
        var before = Place.Dump("x.db");
        Place.Variables["MIGRATION_RECEIPT_PATH"] = "receipt.json";

        var down = Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(0);

        var backup = OneBackup();
        Assert.That(down.Output, Does.Contain($"backup: {Place[backup]}\n"));
        Assert.That(Place.Dump(backup), Is.EqualTo(before));
        Assert.That(File.GetUnixFileMode(Place[backup]), Is.EqualTo(OwnerOnly));
        Assert.That(
            Json(File.ReadAllText(Place["receipt.json"])).GetProperty("backup").GetString(),
            Is.EqualTo(Place[backup])
        );
    }

    [Test]
    public void Redo_takes_one_too_and_says_so_in_JSON()
    {
        var redo = Place.Run("redo", "-c", "x.db", "--yes", "--json").Exits(0);

        Assert.That(
            Json(redo.Output).GetProperty("backup").GetString(),
            Is.EqualTo(Place[OneBackup()])
        );
    }

    [Test]
    public void An_up_that_only_adds_takes_none()
    {
        Place.Run("down", "-c", "x.db", "--yes", "--no-backup").Exits(0);
        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM agents;"), Is.EqualTo("1"));

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [TestCase("down", "--all")]
    [TestCase("redo", "--steps=2")]
    public void With_no_backup_there_is_none(string command, string option)
    {
        Place.Run(command, "-c", "x.db", option, "--yes", "--no-backup").Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [Test]
    public void The_configuration_turns_it_off_sends_it_elsewhere_and_says_how_many_stay()
    {
        Place.Write(
            "migrations.json",
            """
            { "environments": {
                "off": { "connection": "x.db", "backup": false },
                "two": { "connection": "x.db", "backupDirectory": "kept/here", "backupsToKeep": 2 }
            } }
            """
        );

        Place.Run("redo", "-e", "off", "--yes").Exits(0);
        Assert.That(Place.Files, Is.EqualTo((string[])["migrations.json", "x.db"]));

        for (var i = 0; i < 4; i++)
        {
            Place.Run("redo", "-e", "two", "--yes").Exits(0);
        }

        var kept = Directory.GetFiles(Place["kept/here"]);
        Assert.That(kept, Has.Length.EqualTo(2).And.All.Match(BackupName + "$"));
        Assert.That(
            File.GetUnixFileMode(Place["kept/here"]),
            Is.EqualTo(OwnerOnly | UnixFileMode.UserExecute)
        );
    }

    [Test]
    public void A_backup_that_cannot_be_made_stops_the_run()
    {
        var before = Place.Dump("x.db");
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "x.db", "backupDirectory": "migrations.json" } } }"""
        );

        var down = Place.Run("down", "--all", "--yes").Exits(7);

        Assert.That(down.Error, Does.Contain("No backup of x.db").And.Contain("--no-backup"));
        Assert.That(down.Output, Does.Match("not-run +20240501120000_GithubIntegration"));
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public void Backup_prints_the_file_that_it_made()
    {
        var result = Place.Run("backup", "-c", "x.db").Exits(0);

        var backup = OneBackup();
        Assert.That(result.Output, Does.StartWith(Place[backup] + "\n"));
        Assert.That(result.Output, Does.Match("kB copied and verified in [0-9.]+ m?s\n$"));
        Assert.That(Place.Dump(backup), Is.EqualTo(Place.Dump("x.db")));
        Assert.That(File.GetUnixFileMode(Place[backup]), Is.EqualTo(OwnerOnly));
    }

    [Test]
    public void Backup_answers_in_JSON()
    {
        var json = Json(Place.Run("backup", "-c", "x.db", "--to", "b", "--json").Exits(0).Output);

        Assert.That(json.GetProperty("backup").GetString(), Is.EqualTo(Place["b"]));
        Assert.That(
            json.GetProperty("bytes").GetInt64(),
            Is.EqualTo(new FileInfo(Place["b"]).Length)
        );
        Assert.That(json.GetProperty("exitCode").GetInt32(), Is.Zero);
        Assert.That(json.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void A_target_that_exists_is_never_replaced()
    {
        Place.Write("file", "mine");
        File.CreateSymbolicLink(Place["link"], Place["nowhere"]);

        Place.Run("backup", "-c", "x.db", "--to", "file").Exits(6);
        Place.Run("backup", "-c", "x.db", "--to", "link").Exits(6);
        Place.Run("backup", "-c", "x.db", "--to", "/dev/null").Exits(6);

        Assert.That(File.ReadAllText(Place["file"]), Is.EqualTo("mine"));
        Assert.That(Place.Files, Is.EqualTo((string[])["file", "link", "x.db"]));
    }

    [TestCase("x.db", "the database itself")]
    [TestCase("./sub/../x.db", "the database itself")]
    [TestCase("hard", "the database itself")]
    [TestCase("sub", "is a directory")]
    [TestCase("no/such", "does not exist")]
    public void A_target_that_makes_no_sense_is_told(string target, string why)
    {
        Directory.CreateDirectory(Place["sub"]);
        new Command(Programs.Require("ln"), Place.Folder, "x.db", "hard").Run().Exits(0);

        var result = Place.Run("backup", "-c", "x.db", "--to", target).Exits(2);

        Assert.That(result.Error, Does.Contain(why));
        Assert.That(Place.Files, Is.EqualTo((string[])["hard", "sub", "x.db"]));
    }

    [Test]
    public void Nothing_is_no_database_and_stays_nothing()
    {
        Place.Run("backup", "-c", "none.db").Exits(7);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [TestCase("backup", "pg_dump --format=custom")]
    [TestCase("restore x.db", "pg_restore --clean --if-exists")]
    public void For_PostgreSQL_its_own_tools_are_named(string command, string tool)
    {
        var result = Place.Run([.. command.Split(' '), "-c", "postgres://u:c4n4ry@h/d"]).Exits(2);

        Assert.That(result.Error, Does.Contain(tool));
        Assert.That(result.Error, Does.Not.Contain("c4n4ry"));
    }

    [Test]
    public void A_full_disk_leaves_no_part_of_a_backup_and_stops_the_run()
    {
        using var disk = SmallDisk.Mount(Place["disk"]);
        Place.Run("up", "-c", "disk/x.db").Exits(0);
        RowsOf.Agent(Place, "disk/x.db");
        Place.Sqlite(
            "disk/x.db",
            "INSERT INTO agents (id, name) VALUES ('a2', hex(zeroblob(220000)));"
        );
        var before = Place.Dump("disk/x.db");

        var down = Place.Run("down", "-c", "disk/x.db", "--all", "--yes").Exits(7);
        var backup = Place.Run("backup", "-c", "disk/x.db").Exits(7);

        Assert.That(down.Error, Does.Contain("No backup of disk/x.db"));
        Assert.That(backup.Error, Does.Contain("Free space"));
        Assert.That(Place.Dump("disk/x.db"), Is.EqualTo(before));
        Assert.That(Directory.GetFileSystemEntries(Place["disk"]), Has.Length.EqualTo(1));
    }

    private string OneBackup()
    {
        var backups = Place.Files.Where(file => file != "x.db" && file != "receipt.json").ToArray();
        Assert.That(backups, Has.Length.EqualTo(1).And.All.Match($"^{BackupName}$"));
        return backups[0];
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
