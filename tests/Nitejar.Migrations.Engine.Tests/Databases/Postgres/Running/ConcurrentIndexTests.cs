using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>An index that is made while others write: outside of any transaction, in a migration that has none.</summary>
public sealed class ConcurrentIndexTests : ConformanceTests<PostgresTestDatabase>
{
    private const string Make = "CREATE INDEX CONCURRENTLY by_name ON agent (name)";
    private const string Drop = "DROP INDEX CONCURRENTLY by_name";

    [SetUp]
    public void AddTable() => Execute("CREATE TABLE agent (id integer PRIMARY KEY, name text)");

    [Test]
    public void Is_made_and_dropped_between_other_statements()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf
                .Sql(
                    1,
                    "One",
                    $"ALTER TABLE agent ADD COLUMN age integer; {Make}; INSERT INTO agent (id) VALUES (1)",
                    $"DELETE FROM agent; {Drop}; ALTER TABLE agent DROP COLUMN age"
                )
                .WithoutTransaction(),
            MigrationsOf.Table(2, "two")
        );

        Succeed(catalog, new UpRequest());
        Assert.That(Indexes(), Is.EqualTo(new[] { "agent_pkey", "by_name" }));
        Assert.That(Applied(), Is.EqualTo(new[] { 1, 2 }));

        Succeed(catalog, new DownRequest(All: true), Allowed);
        Assert.That(Indexes(), Is.EqualTo(new[] { "agent_pkey" }));
        Assert.That(Applied(), Is.Empty);
        Assert.That(Query("SELECT * FROM agent"), Is.Empty);
    }

    [Test]
    public void In_a_transaction_is_refused_with_the_way_out()
    {
        var failure = Fail<MigrationFailedException>(Sql(Make, Drop), new UpRequest());

        Assert.That(failure.Message, Does.Contain("cannot run inside a transaction block"));
        Assert.That(failure.NextStep, Does.Contain("TransactionBehavior.None"));
    }

    private string[] Indexes() =>
        Query(
            "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'agent'::regclass AND i.indisvalid ORDER BY 1"
        );
}
