using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>Whether runs are backed up, where to, and how many stay.</summary>
public sealed class BackupSettingsTests
{
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Without_a_word_runs_are_backed_up_beside_the_database_and_five_stay()
    {
        var settings = Resolve("{}");

        Assert.That(settings.BacksUpRuns);
        Assert.That(settings.Backups, Is.EqualTo(new BackupSettings(Folder: null, Keep: 5)));
    }

    [Test]
    public void The_file_turns_them_off_and_says_where_the_others_go()
    {
        var settings = Resolve(
            """{ "backup": false, "backupDirectory": "../kept", "backupsToKeep": 1000 }"""
        );

        Assert.That(settings.BacksUpRuns, Is.False);
        Assert.That(settings.Backups, Is.EqualTo(new BackupSettings(_folder["kept"], 1000)));
    }

    [TestCase("\"backup\": 1", "\"backup\" must be true or false")]
    [TestCase("\"backupDirectory\": \"\"", "\"backupDirectory\" must be a text")]
    [TestCase("\"backupsToKeep\": 0", "\"backupsToKeep\" must be a whole number from 1 to 1000")]
    [TestCase("\"backupsToKeep\": 1001", "from 1 to 1000")]
    [TestCase("\"backupsToKeep\": -1", "from 1 to 1000")]
    [TestCase("\"backupsToKeep\": 1.5", "from 1 to 1000")]
    [TestCase("\"backupsToKeep\": 1e99", "from 1 to 1000")]
    [TestCase("\"backupsToKeep\": \"5\"", "from 1 to 1000")]
    public void What_makes_no_sense_is_told(string pair, string problem) =>
        Assert.That(
            Refusals.Of(() => Resolve($"{{ {pair} }}")).Message,
            Does.Contain("line 1, column ").And.Contain(problem)
        );

    private Settings Resolve(string environment)
    {
        Directory.CreateDirectory(_folder["deploy"]);
        File.WriteAllText(
            _folder["deploy/migrations.json"],
            $$"""{ "environments": { "live": {{environment}} } }"""
        );
        return SettingsResolver.Resolve(
            new CommonOptions(null, null, "deploy/migrations.json", "live", null, null),
            TestProgram.Alone,
            new Redactor()
        );
    }
}
