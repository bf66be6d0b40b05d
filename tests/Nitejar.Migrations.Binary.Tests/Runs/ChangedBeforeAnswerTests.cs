using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>Others change the database between a question and its answer, which is for what was shown.</summary>
public sealed class ChangedBeforeAnswerTests : WorkplaceTests
{
    private const string Question = "Continue? [y/N]";
    private const string News = "The database has changed since the question.";

    [SetUp]
    public void Migrate()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            INSERT INTO integrations (id, type, name, created_at, updated_at) VALUES ('i', 'github', 'n', 1, 2);
            INSERT INTO github_installations VALUES (1, 11, 'acme', 7, 'i', 1, 2);
            """
        );
    }

    [TestCase("n", 6)]
    [TestCase("y", 0)]
    public async Task Another_migration_is_shown_before_it_is_reverted(string answer, int exitCode)
    {
        using var down = Place.StartOnTerminal("down", "-c", "x.db");
        await down.WaitForOutput(Question);
        Place.Run("down", "-c", "x.db", "--yes", "--no-backup").Exits(0);
        var before = Place.Dump("x.db");

        down.Type("y\n");
        await down.WaitForOutput(Question);
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        down.Type($"{answer}\n");

        var result = (await down.WaitForEndAsync()).Exits(exitCode);
        Assert.That(
            AfterNews(result),
            Does.Match(
                $@"^\s+Database: [^\n]+\s+This reverts:\s+{Core}_CoreTables\s+This removes:\s+integrations \(1 row, kept in the archive\)\s+Continue"
            )
        );
        if (exitCode == 0)
        {
            Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("0"));
            Assert.That(Place.Objects("x.db"), Does.Not.Contain("CREATE TABLE \"integrations\""));
        }
        else
        {
            Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
            Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]), "no backup either");
        }
    }

    [Test]
    public async Task More_rows_are_shown_once_and_then_refused()
    {
        using var down = Place.StartOnTerminal("down", "-c", "x.db");
        await down.WaitForOutput(Question);
        AddInstallation(2);
        down.Type("y\n");
        await down.WaitForOutput(Question);
        AddInstallation(3);
        var before = Place.Dump("x.db");

        down.Type("y\n");

        var result = (await down.WaitForEndAsync()).Exits(6);
        Assert.That(AfterNews(result), Does.Contain("github_installations (2 rows, kept"));
        Assert.That(
            result.Output,
            Does.Contain("more rows than were shown: github_installations (3 rows, kept")
                .And.Contain($"`down --to {Core} --yes`")
        );
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [Test]
    public async Task More_rows_that_were_shown_go()
    {
        using var down = Place.StartOnTerminal("down", "-c", "x.db");
        await down.WaitForOutput(Question);
        AddInstallation(2);
        down.Type("y\n");
        await down.WaitForOutput(Question);

        down.Type("y\n");

        (await down.WaitForEndAsync()).Exits(0);
        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
    }

    [Test]
    public async Task Fewer_rows_go_without_another_question()
    {
        AddInstallation(2);
        using var down = Place.StartOnTerminal("down", "-c", "x.db");
        await down.WaitForOutput(Question);
        Place.Sqlite("x.db", "DELETE FROM github_installations WHERE id = 2;");

        down.Type("y\n");

        (await down.WaitForEndAsync()).Exits(0);
        Assert.That(Place.Sqlite("x.db", "SELECT Version FROM VersionInfo;"), Is.EqualTo(Core));
    }

    [Test]
    public async Task Other_SQL_is_refused_when_it_has_changed_again()
    {
        using var down = Place.StartOnTerminal("down", "-c", "x.db");
        await down.WaitForOutput(Question);
        ChangeDown();
        down.Type("y\n");
        await down.WaitForOutput(Question);
        ChangeDown();
        var before = Place.Dump("x.db");

        down.Type("y\n");

        var result = (await down.WaitForEndAsync()).Exits(4);
        Assert.That(
            result.Output,
            Does.Contain($"SQL has changed since the question: {Github}_GithubIntegration")
                .And.Contain($"`down --to {Core} --yes`")
        );
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_redo_shows_both_ways()
    {
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = 'UPDATE agents SET status = status || 1;' || DownSql WHERE Version = {Github};"
        );
        Place.Sqlite(
            "x.db",
            "INSERT INTO agents (id, name, created_at, updated_at) VALUES ('a', 'n', 1, 2);"
        );
        using var redo = Place.StartOnTerminal("redo", "-c", "x.db");
        await redo.WaitForOutput(Question);

        redo.Type("y\n");

        var result = (await redo.WaitForEndAsync()).Exits(0);
        Assert.That(
            result.Output,
            Does.Match(
                $@"This reverts:\s+{Github}_\w+\s+This applies again:\s+{Github}_\w+\s+This changes:\s+agents\.status \(1 value changed\)\s+Note:[^\n]+\n[^\n]+\s+Continue"
            )
        );
        Assert.That(Place.Sqlite("x.db", "SELECT status FROM agents;"), Is.EqualTo("idle1"));
    }

    [Test]
    public async Task Two_that_need_not_ask_say_what_each_has_reverted()
    {
        using var held = Place.HoldLock("x.db");
        using var one = await StartDown("one.json");
        using var other = await StartDown("other.json");
        held.Close();
        (await one.WaitForEndAsync()).Exits(0);
        (await other.WaitForEndAsync()).Exits(0);

        string[] reverted = [RevertedBy("one.json"), RevertedBy("other.json")];

        Assert.That(reverted, Is.EquivalentTo((string[])[Core, Github]));
    }

    private async Task<RunningCommand> StartDown(string receipt)
    {
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place[receipt];
        var down = Place.Start("down", "-c", "x.db", "--yes", "--lock-timeout", "2m");
        await down.WaitForErrorLine("waiting for the lock");
        return down;
    }

    /// <summary>The version in a receipt, whose plan is that of its run in the journal.</summary>
    private string RevertedBy(string receipt)
    {
        var json = JsonElement.Parse(File.ReadAllText(Place[receipt]));
        var step = json.GetProperty("steps").EnumerateArray().Single();
        var version = step.GetProperty("version").GetRawText();
        var runId = json.GetProperty("runId").GetString();
        string[] values = Place
            .Sqlite(
                "x.db",
                $"SELECT Version, hex(DownSql) FROM VersionJournal WHERE RunId = '{runId}';"
            )
            .Split('|');
        var sql = Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(values[1])));
        var plan = SHA256.HashData(Encoding.UTF8.GetBytes($"{values[0]} down {sql}\n"));
        Assert.That(version, Is.EqualTo(values[0]));
        Assert.That(
            json.GetProperty("plan").GetString(),
            Is.EqualTo(Convert.ToHexStringLower(plan))
        );
        return version;
    }

    private void AddInstallation(int id) =>
        Place.Sqlite(
            "x.db",
            $"INSERT INTO github_installations VALUES ({id}, 1{id}, 'acme', 7, 'i', 1, 2);"
        );

    private void ChangeDown() =>
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET DownSql = DownSql || 'SELECT 1;' WHERE Version = {Github};"
        );

    private static string AfterNews(CommandResult result)
    {
        var parts = result.Output.Split(News);
        Assert.That(parts, Has.Length.EqualTo(2), $"{result}");
        return parts[1];
    }
}
