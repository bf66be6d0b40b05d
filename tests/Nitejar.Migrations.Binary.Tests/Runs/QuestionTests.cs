using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>What a person is shown who is asked at night, with several terminals open.</summary>
public sealed class QuestionTests : WorkplaceTests
{
    private const string Question = "Continue? [y/N]";

    [SetUp]
    public void Migrate()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            "INSERT INTO integrations (id, type, name, created_at, updated_at) VALUES ('i', 'github', 'n', 1, 2); INSERT INTO github_installations VALUES (1, 11, 'acme', 7, 'i', 1, 2);"
        );
    }

    [Test]
    public async Task Names_the_database_what_it_is_and_where_its_connection_came_from()
    {
        Place.Write(
            "migrations.json",
            """{ "environments": { "production": { "connection": "./x.db" } } }"""
        );

        Assert.That(
            await Answer("down", "-e", "production"),
            Does.Match(
                @$"Database: {Place["x.db"]} \(SQLite, \d+\.\d kB\), named by the connection of environment production in \S*migrations.json\s+This reverts:"
            )
        );
        Assert.That(
            await Answer("down", "-c", "x.db"),
            Does.Match(@$"Database: {Place["x.db"]} \(SQLite, \d+\.\d kB\), named by --connection")
        );
    }

    [Test]
    public async Task A_no_is_called_a_no()
    {
        var before = Place.Dump("x.db");

        var output = await Answer("down", "-c", "x.db");

        Assert.That(
            output,
            Does.Contain("error: The answer was no, so nothing was done.")
                .And.Contain("The database was not changed.")
                .And.Not.Contain("--yes")
        );
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [Test]
    public async Task Of_a_restore_says_how_old_the_backup_is()
    {
        const string backup = "x.db.20250102T030405678Z.backup";
        Place.Run("backup", "-c", "x.db", "--to", backup).Exits(0);

        var output = await Answer("restore", backup, "-c", "x.db");

        Assert.That(
            output,
            Does.Contain($"Database: {Place["x.db"]} (SQLite,")
                .And.Match(@"The backup was made 2025-01-02 03:04:05 UTC, \d+ days ago\.")
                .And.Contain("The answer was no")
        );
    }

    [Test]
    public void Of_a_file_with_another_name_the_time_at_which_it_was_written_counts()
    {
        Place.Run("backup", "-c", "x.db", "--to", "kept").Exits(0);
        File.SetLastWriteTimeUtc(Place["kept"], new DateTime(2025, 3, 4, 5, 6, 7));

        var refused = Place.Run("restore", "kept", "-c", "x.db").Exits(6);
        var restored = Place.Run("restore", "kept", "-c", "x.db", "--yes").Exits(0);

        Assert.That(refused.Error, Does.Contain("made 2025-03-04 05:06:07 UTC"));
        Assert.That(restored.Output, Does.Contain("of 2025-03-04 05:06:07 UTC restored"));
    }

    [Test]
    public async Task Of_a_purge_names_the_database_too()
    {
        Place.Run("down", "-c", "x.db", "--yes").Exits(0);

        var output = await Answer("archive", "purge", "-c", "x.db");

        Assert.That(
            output,
            Does.Contain($"Database: {Place["x.db"]} (SQLite,").And.Contain("The answer was no")
        );
    }

    /// <summary>Answers no.</summary>
    /// <returns>All that the terminal showed.</returns>
    private async Task<string> Answer(params string[] arguments)
    {
        using var program = Place.StartOnTerminal(arguments);
        await program.WaitForOutput(Question);
        program.Type("n\n");
        return (await program.WaitForEndAsync()).Exits(6).Output;
    }
}
