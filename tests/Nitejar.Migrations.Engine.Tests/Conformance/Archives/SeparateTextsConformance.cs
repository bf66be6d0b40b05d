using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>Each text of a Down stays a statement of its own in the stored SQL, however it ends.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class SeparateTextsConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Tables = "CREATE TABLE a (x integer); CREATE TABLE b (x integer)";

    [TestCase("DROP TABLE b")]
    [TestCase("DROP TABLE b;\n")]
    [TestCase("DROP TABLE b -- the smaller one first;")]
    [TestCase("DROP TABLE b; -- the smaller one first;")]
    [TestCase("DROP TABLE b /* the smaller one; */")]
    public void Whatever_it_ends_in_the_next_one_is_executed(string first)
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Texts(Tables, first, "DROP TABLE a"));
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO a (x) VALUES (1); INSERT INTO b (x) VALUES (2)");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Losses, Has.Count.EqualTo(2));
        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(Archives(), Is.EquivalentTo(new[] { "a 1 Kept", "b 1 Kept" }));
        Reapply(catalog);

        Assert.That(Query("SELECT a.x, b.x FROM a, b"), Is.EqualTo(new[] { "1|2" }));
    }

    [Test]
    public void A_Down_that_ends_inside_a_quote_is_no_way_back()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Texts(Tables, "DROP TABLE b; SELECT 'it", "DROP TABLE a")
        );
        Succeed(catalog, new UpRequest());

        var refused = Fail<RefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Does.Contain("a quote in its SQL never ends: 'it"));
    }

    [Test]
    public void An_Up_that_ends_inside_a_quote_is_not_begun()
    {
        var failure = Fail<MigrationFailedException>(
            Sql("CREATE TABLE a (x integer); SELECT \"it"),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("a quote in its SQL never ends: \"it"));
    }
}
