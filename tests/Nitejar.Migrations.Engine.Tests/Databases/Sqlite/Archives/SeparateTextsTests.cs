using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>Each text of a Down stays a statement of its own in the stored SQL, however it ends.</summary>
public sealed class SeparateTextsTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Stored = "DROP TABLE b /* the\nold one;\nDROP TABLE a;";

    [TestCase("DROP TABLE b -- the smaller one first;")]
    [TestCase("DROP TABLE b; -- the smaller one first;")]
    [TestCase("DROP TABLE b /* old")]
    [TestCase("DROP TABLE b /* old;")]
    [TestCase("DROP TABLE b; /* old\n-- ;")]
    [TestCase("DROP TABLE b /*/")]
    public void Whatever_it_ends_in_the_next_one_is_executed(string first)
    {
        var catalog = Migration(first, "DROP TABLE a");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Losses, Has.Count.EqualTo(2));
        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Archives(), Is.EquivalentTo(new[] { "a 1 Kept", "b 1 Kept" }));
        Reapply(catalog);

        Assert.That(Query("SELECT * FROM a, b"), Is.EqualTo(new[] { "1|2" }));
    }

    [Test]
    public void A_Down_that_ends_inside_a_quote_is_no_way_back()
    {
        var catalog = Migration("DROP TABLE b; SELECT 'it", "DROP TABLE a");
        Succeed(catalog, new UpRequest());

        var refused = Fail<RefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Does.Contain("a quote in its SQL never ends: 'it"));
    }

    [Test]
    public void An_Up_that_ends_inside_a_quote_is_not_begun()
    {
        var failure = Fail<MigrationFailedException>(
            Sql("CREATE TABLE a (x); SELECT \"it", ""),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("a quote in its SQL never ends: \"it"));
    }

    [Test]
    public void What_an_earlier_release_stored_with_an_open_comment_is_refused()
    {
        ApplyWithStored(Stored);

        var refused = Fail<RefusedException>(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(refused.Message, Does.Contain("1_One").And.Contain("never ends"));
        Assert.That(refused.NextStep, Does.Contain("`down --dry-run`").And.Contain("Id is 1"));
        var preview = new DryRun(Database, MigrationsOf.Catalog()).Preview(
            new DownRequest(),
            NoWait
        );
        Assert.That(preview.Steps.Single().Sql, Is.EqualTo(Stored));
    }

    [Test]
    public void Once_the_comment_is_closed_it_is_executed()
    {
        ApplyWithStored(Stored);
        Execute(
            "UPDATE VersionJournal SET DownSql = replace(DownSql, 'one;', 'one*/;') WHERE Id = 1"
        );

        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(Archives(), Is.EquivalentTo(new[] { "a 1 Kept", "b 1 Kept" }));
    }

    [Test]
    public void An_open_comment_on_the_last_line_hides_nothing()
    {
        ApplyWithStored("DROP TABLE a;\nDROP TABLE b /* old;");

        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(Archives(), Is.EquivalentTo(new[] { "a 1 Kept", "b 1 Kept" }));
    }

    private void ApplyWithStored(string down)
    {
        Succeed(Migration("DROP TABLE b", "DROP TABLE a"), new UpRequest());
        Execute($"UPDATE VersionJournal SET DownSql = '{down}'");
        Execute("INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)");
    }

    private static MigrationCatalog Migration(params string[] down) =>
        MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "One",
                m => m.Execute.Sql("CREATE TABLE a (x); CREATE TABLE b (x)"),
                m => Array.ForEach(down, sql => m.Execute.Sql(sql))
            )
        );
}
