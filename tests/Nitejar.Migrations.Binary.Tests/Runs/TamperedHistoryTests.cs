using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>A history table that is not as FluentMigrator makes it is refused, by up, down and status alike.</summary>
public sealed class TamperedHistoryTests : WorkplaceTests
{
    private const string Replace = "DROP TABLE VersionInfo; CREATE TABLE VersionInfo ";

    [TestCase("has no column Version", Replace + "(AppliedOn DATETIME, Description TEXT);")]
    [TestCase(
        "is a view",
        "DROP TABLE VersionInfo; CREATE VIEW VersionInfo AS SELECT 1 AS Version;"
    )]
    [TestCase(
        "'first' in row 1",
        Replace
            + "(Version TEXT, AppliedOn TEXT, Description TEXT); INSERT INTO VersionInfo VALUES ('first', NULL, NULL);"
    )]
    [TestCase(
        "holds version " + Core + " twice",
        "DROP INDEX UC_Version; INSERT INTO VersionInfo SELECT * FROM VersionInfo;"
    )]
    public void It_is_refused_and_the_problem_named(string named, string sql)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", sql);
        var before = Place.Dump("x.db");

        foreach (var command in (string[])["up", "down", "status"])
        {
            var result = Place.Run(command, "-c", "x.db").Exits(6);
            Assert.That(result.Error, Does.Contain(named));
        }

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [TestCase("Outcome", "superseded")]
    [TestCase("Direction", "sideways")]
    [TestCase("Reversal", "archive")]
    public void What_a_newer_release_has_journaled_is_never_guessed(string column, string word)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", $"UPDATE VersionJournal SET {column} = '{word}' WHERE Id = 2;");
        var before = Place.Dump("x.db");

        foreach (var command in (string[])["down", "redo", "status", "history"])
        {
            var result = Place.Run(command, "-c", "x.db").Exits(6);
            Assert.That(
                result.Error,
                Does.Contain($"'{word}' in column {column} of row 2")
                    .And.Contain("Use a newer release of the program")
            );
        }

        // An application that was rolled back still starts.
        Place.Run("up", "-c", "x.db").Exits(0);
        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
    }

    [TestCase("DROP TABLE VersionJournal;")]
    [TestCase("ALTER TABLE VersionJournal DROP COLUMN Host;")]
    [TestCase("DELETE FROM VersionJournal;")]
    public void A_missing_or_older_journal_is_tolerated(string sql)
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite("x.db", sql);

        Place.Run("history", "-c", "x.db").Exits(0);
        Place.Run("status", "-c", "x.db", "--check").Exits(0);
        Place.Run("down", "-c", "x.db", "--all").Exits(0);

        Assert.That(Place.Objects("x.db"), Is.Empty);
    }
}
