using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>Exit code 6: the database has a version that is newer than what is pending, or that nothing reverts.</summary>
public sealed class NewerVersionTests : WorkplaceTests
{
    private const string Later = "20990101000000";

    [TestCase(Later, "FromTheFuture", "unknown")]
    [TestCase(Github, "GithubIntegration", "newer")]
    public void Something_pending_below_a_newer_one_is_refused(
        string version,
        string name,
        string whose
    )
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        AddVersion(version, name);
        if (version == Github)
        {
            Place.Sqlite("x.db", $"DELETE FROM VersionInfo WHERE Version = {Core};");
        }

        var before = Place.Dump("x.db");

        var result = Place.Run("up", "-c", "x.db").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain($"{version}_{name}")
                .And.Contains(whose)
                .And.Contains("--allow-out-of-order")
        );
    }

    [Test]
    public void Out_of_order_is_possible_when_asked_for()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        AddVersion(Later, "FromTheFuture");

        Place.Run("up", "-c", "x.db", "--allow-out-of-order").Exits(0);

        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT group_concat(Version) FROM (SELECT Version FROM VersionInfo ORDER BY rowid);"
            ),
            Is.EqualTo($"{Core},{Later},{Github}")
        );
    }

    [Test]
    public void An_unknown_migration_without_stored_sql_is_not_reverted()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        AddVersion(Later, "FromTheFuture");
        var before = Place.Dump("x.db");

        var result = Place.Run("down", "-c", "x.db", "--all", "--yes").Exits(6);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain($"{Later}_FromTheFuture").And.Contains("another tool applied it")
        );
    }

    [TestCase("none", "irreversible (never written)")]
    [TestCase("code", "runs code")]
    public void An_unknown_migration_that_no_sql_reverts_is_not_reverted(
        string reversal,
        string why
    )
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        AddVersion(Later, "FromTheFuture");
        Place.Sqlite(
            "x.db",
            $"INSERT INTO VersionJournal (Version, Name, Reversal, ReversalNote) VALUES ({Later}, 'FromTheFuture', '{reversal}', 'never written');"
        );

        var result = Place.Run("down", "-c", "x.db", "--yes").Exits(6);

        Assert.That(result.Error, Does.Contain(why));
    }

    private void AddVersion(string version, string name) =>
        Place.Sqlite(
            "x.db",
            $"INSERT INTO VersionInfo VALUES ({version}, CURRENT_TIMESTAMP, '{name}');"
        );
}
