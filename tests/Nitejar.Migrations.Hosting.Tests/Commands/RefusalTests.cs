using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>The exit codes of what was understood and not done, and that it left the database alone.</summary>
public sealed class RefusalTests
{
    private const string Database = LibraryFile.Name;
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [TestCase(1, "up --to 20250401000000")]
    [TestCase(2, "up --to 20990101000000")]
    [TestCase(2, "up --accept-changed 20990101000000")]
    [TestCase(2, "down --to 20990101000000")]
    [TestCase(2, "script up --to 20990101000000")]
    [TestCase(2, "script up --from 20250201000000 --to 20250101000000")]
    [TestCase(3, "status --check")]
    [TestCase(6, "down --all")]
    [TestCase(6, "down")]
    [TestCase(7, "up -c text.db")]
    [TestCase(7, "status -c text.db")]
    [TestCase(7, "up -c sqlite:absent.db?mode=rw")]
    [TestCase(7, "up -c sqlite:library.db?mode=ro")]
    [TestCase(7, "status -c folder")]
    public void The_call_ends_with_its_code_and_changes_nothing(int code, string call)
    {
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-c", Database));
        LibraryFile.Execute("INSERT INTO shelves (number, room) VALUES (7, 'attic')");
        _folder.Write("text.db", new string('x', 4096));
        Directory.CreateDirectory(_folder["folder"]);
        var before = Content();
        var host = new Host(
            Library.Authors,
            Library.Books,
            Library.Shelves,
            Library.Broken,
            Library.Code
        );
        host.Variables["DATABASE_URL"] = Database;

        var outcome = host.Run(call.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString());
            Assert.That(Content(), Is.EqualTo(before));
            Assert.That(File.ReadAllText("text.db"), Is.EqualTo(new string('x', 4096)));
            Assert.That(_folder["absent.db"], Does.Not.Exist);
        });
    }

    /// <summary>Schema, history and the rows that are at stake.</summary>
    private static string Content()
    {
        using var connection = LibraryFile.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT group_concat(sql, x'0a') FROM sqlite_master) || (SELECT count(*) FROM VersionJournal)
                || (SELECT group_concat(Version) FROM VersionInfo) || (SELECT group_concat(room) FROM shelves)
            """;
        return (string)command.ExecuteScalar()!;
    }
}
