using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running.Interrupted;

/// <summary>What removes, rebuilds or detaches something is continued by what it has left.</summary>
public sealed class InterruptedRemovalTests : InterruptedStatementFixture
{
    [TestCase("DROP INDEX CONCURRENTLY by_name")]
    [TestCase("DROP INDEX CONCURRENTLY IF EXISTS public.by_name")]
    public void An_index_that_is_gone_is_not_dropped_again(string drop)
    {
        Execute("CREATE INDEX by_name ON agent (name)");
        var catalog = Up(Before, drop, After);
        FailAt(2, catalog);
        Execute("DROP INDEX by_name");

        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public void An_index_that_was_being_dropped_is_dropped()
    {
        LeaveInvalidIndex();
        var catalog = Up(Before, "DROP INDEX CONCURRENTLY by_name", After);
        FailAt(2, catalog);

        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.Empty);
        Assert.That(Names()[^2..], Is.EqualTo(new[] { "before", "after" }));
    }

    [TestCase("REINDEX INDEX CONCURRENTLY by_name")]
    [TestCase("REINDEX (VERBOSE, CONCURRENTLY) TABLE agent")]
    [TestCase("REINDEX SCHEMA CONCURRENTLY public")]
    public void What_a_rebuild_has_left_is_removed(string rebuild)
    {
        Execute("CREATE INDEX by_name ON agent (name)");
        var catalog = Up(Before, rebuild, After);
        Interrupt(catalog, "REINDEX");
        Assert.That(Indexes(), Has.Some.EndsWith("_ccnew|False"));

        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public void A_partition_that_was_being_detached_is_detached()
    {
        if (Query("SHOW server_version_num") is [['1', '3', ..]])
        {
            Assert.Ignore("PostgreSQL 13 has no DETACH PARTITION CONCURRENTLY");
        }

        Execute(
            "CREATE TABLE parts (a integer) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF parts FOR VALUES IN (1)"
        );
        var catalog = Up(Before, "ALTER TABLE parts DETACH PARTITION part CONCURRENTLY", After);
        using (var reader = TestDatabase.Open())
        {
            Execute(reader, "BEGIN; SELECT * FROM parts");
            Interrupt(catalog, "ALTER TABLE parts DETACH");
        }

        Assert.That(
            Query("SELECT inhdetachpending FROM pg_inherits"),
            Is.EqualTo(new[] { "True" })
        );
        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Query("SELECT 1 FROM pg_inherits"), Is.Empty);
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    /// <summary>The server does it in a transaction, with the row in the journal, and validating it again changes nothing.</summary>
    [Test]
    public void A_constraint_that_is_validated_stays_so()
    {
        Execute("ALTER TABLE agent ADD CONSTRAINT named CHECK (name <> '') NOT VALID");
        var catalog = Up(Before, "ALTER TABLE agent VALIDATE CONSTRAINT named", After);
        FailAt(2, catalog);
        Execute("ALTER TABLE agent VALIDATE CONSTRAINT named");

        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(
            Query("SELECT convalidated FROM pg_constraint WHERE conname = 'named'"),
            Is.EqualTo(new[] { "True" })
        );
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public void An_index_that_was_cancelled_is_taken_back()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf
                .Sql(1, "One", $"{Before}; {Make}; {After}", "DROP INDEX CONCURRENTLY by_name")
                .WithoutTransaction()
        );
        Interrupt(catalog, "CREATE INDEX");

        Succeed(catalog, new DownRequest(All: true), Allowed);

        Assert.That(Indexes(), Is.Empty);
    }
}
