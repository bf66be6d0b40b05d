using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>A comment that never ends, which SQLite takes, hides no statement of the stored SQL.</summary>
public sealed class OpenCommentTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Tables = "CREATE TABLE a (x); CREATE TABLE b (x)";
    private const string Stored = "DROP TABLE b /* the\nold one;\nDROP TABLE a;";

    [TestCase("DROP TABLE b /* old")]
    [TestCase("DROP TABLE b /* old;")]
    [TestCase("DROP TABLE b; /* old\n-- ;")]
    [TestCase("DROP TABLE b /*/")]
    public void Whatever_comment_a_text_ends_in_the_next_one_is_executed(string first)
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Texts(Tables, first, "DROP TABLE a"));
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
        Succeed(
            MigrationsOf.Catalog(MigrationsOf.Texts(Tables, "DROP TABLE b", "DROP TABLE a")),
            new UpRequest()
        );
        Execute($"UPDATE VersionJournal SET DownSql = '{down}'");
        Execute("INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)");
    }
}
