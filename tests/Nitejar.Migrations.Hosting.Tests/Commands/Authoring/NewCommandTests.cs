using System.Text.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Authoring;

public sealed class NewCommandTests
{
    private readonly Host _host = Library.Host();
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void A_file_with_the_current_utc_time_is_written_and_named()
    {
        var before = DateTime.UtcNow.AddSeconds(-1);
        var outcome = _host.Run("new", "AddTopics");
        var after = DateTime.UtcNow.AddSeconds(1);

        Assert.That(outcome.Answer, Does.Match(@"^\d{14}_AddTopics\.cs\n$"), outcome.ToString());
        var file = outcome.Answer.TrimEnd();
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero);
            Assert.That(outcome.Diagnostics, Is.Empty);
            Assert.That(File.ReadAllText(file), Does.Contain($"[Migration({file[..14]})]"));
            Assert.That(
                DateTime.ParseExact(
                    file[..14],
                    "yyyyMMddHHmmss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
                ),
                Is.InRange(before, after)
            );
        });
    }

    [Test]
    public void The_folder_comes_from_the_configuration()
    {
        Directory.CreateDirectory(_folder["deploy/Db"]);
        _folder.Write("deploy/m.json", """{ "migrationsDirectory": "Db" }""");

        var outcome = _host.Run("new", "AddTopics", "--config", "deploy/m.json", "--json");

        var file = JsonElement.Parse(outcome.Answer).GetProperty("file").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(file, Does.Match(@"^deploy/Db/\d{14}_AddTopics\.cs$"));
            Assert.That(File.ReadAllText(file), Does.Contain("\nnamespace Db;\n"));
        });
    }

    [TestCase("{ \"migrationsDirectory\": \"absent\" }", "does not exist")]
    [TestCase("{ \"migrationsDirectory\": \"migrations.json\" }", "does not exist")]
    [TestCase("{ \"migrationDirectory\": \"absent\" }", "unknown key")]
    public void A_folder_that_does_not_exist_is_not_made(string config, string problem)
    {
        _folder.Write("migrations.json", config);

        var outcome = _host.Run("new", "AddTopics");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(outcome.Diagnostics, Does.Contain(problem));
            Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_name_that_is_taken_is_refused()
    {
        _folder.Write("20200101000000_AddTopics.cs", "");

        var outcome = _host.Run("new", "AddTopics");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(
                outcome.Lines[0],
                Is.EqualTo(
                    "error: There is a migration AddTopics already: 20200101000000_AddTopics.cs."
                )
            );
        });
    }
}
