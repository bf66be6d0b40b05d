using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Runs;

/// <summary>Exit code 4: an applied migration would now execute other SQL. Exit code 3: something is pending.</summary>
public sealed class ChangedMigrationTests : WorkplaceTests
{
    private const string OldText = "CREATE TABLE \"from_long_ago\" (\"id\" TEXT)";

    [SetUp]
    public void MigrateAndChangeTheFirstMigration()
    {
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        Place.Sqlite(
            "x.db",
            $"UPDATE VersionJournal SET Checksum = 'aa', UpSql = '{OldText}' WHERE Version = {Core};"
        );
    }

    [Test]
    public void Status_shows_both_texts()
    {
        var result = Place.Run("status", "-c", "x.db").Exits(4);

        Assert.That(result.Output, Does.Match("changed +20240101000000_CoreTables"));
        Assert.That(
            result.Error,
            Does.Contain(OldText).And.Contains("CREATE TABLE \"integrations\"")
        );
    }

    [Test]
    public void Up_with_something_pending_refuses_and_shows_both_texts()
    {
        var before = Place.Dump("x.db");

        var result = Place.Run("up", "-c", "x.db").Exits(4);

        Assert.That(Place.Dump("x.db"), Is.EqualTo(before));
        Assert.That(
            result.Error,
            Does.Contain(OldText).And.Contains("CREATE TABLE \"integrations\"")
        );
        Assert.That(result.Error, Does.Contain($"up --accept-changed {Core}"));
        Assert.That(result.Output, Does.Match("not-run +20240501120000_GithubIntegration"));
    }

    [Test]
    public void A_dry_run_refuses_as_the_run_would() =>
        Place.Run("up", "-c", "x.db", "--dry-run").Exits(4);

    [Test]
    public void Accepting_the_change_applies_what_is_pending_and_settles_it()
    {
        Place.Run("up", "-c", "x.db", "--accept-changed", Core).Exits(0);

        Place.Run("status", "-c", "x.db", "--check").Exits(0);
        Assert.That(
            Place.Sqlite(
                "x.db",
                "SELECT Version, Outcome, Checksum = 'aa' FROM VersionJournal ORDER BY Id;"
            ),
            Is.EqualTo($"{Core}|applied|1\n{Core}|accepted|0\n{Github}|applied|0")
        );
        Place.Run("down", "-c", "x.db", "--all").Exits(0);
        Assert.That(Place.Objects("x.db"), Is.Empty);
    }

    [Test]
    public void Accepting_alone_is_enough_when_nothing_is_pending()
    {
        Place.Run("up", "-c", "x.db", "--accept-changed", Core, "--to", Core).Exits(0);

        Place.Run("status", "-c", "x.db").Exits(0);
    }

    [Test]
    public void A_run_with_nothing_to_do_does_not_pay_for_the_comparison() =>
        Place.Run("up", "-c", "x.db", "--to", Core).Exits(0);

    [Test]
    public void Check_finds_what_is_pending()
    {
        Place.Run("down", "-c", "x.db").Exits(0);

        var result = Place.Run("status", "-c", "x.db", "--check").Exits(3);

        Assert.That(result.Output, Does.Contain("0 applied, 2 pending"));
        Place.Run("status", "-c", "x.db").Exits(0);
    }

    [Test]
    public void Check_of_a_database_that_is_up_to_date_finds_nothing()
    {
        Place.Run("up", "-c", "fresh.db").Exits(0);

        Place.Run("status", "-c", "fresh.db", "--check").Exits(0);
    }
}
