using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running.Interrupted;

/// <summary>
/// Statements that the server executes in several transactions of its own, and that an interruption leaves half done:
/// the run that continues looks for what they do, does what is missing, and nothing twice.
/// </summary>
public sealed class InterruptedStatementTests : InterruptedStatementFixture
{
    [Test]
    public void An_index_that_was_cancelled_is_made_again()
    {
        var catalog = Up(Before, Make, After);
        Interrupt(catalog, "CREATE INDEX");
        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|False" }));

        var result = Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
        Assert.That(
            result.Warnings,
            Has.One.EqualTo(
                "Statement 2 of 1_One had been interrupted and had left the invalid index by_name: repaired."
            )
        );
    }

    [Test]
    public void An_index_whose_session_was_ended_is_made_again()
    {
        var catalog = Up(Before, Make, After);
        var failure = Interrupt(
            catalog,
            "CREATE INDEX",
            () =>
                Execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND state = 'active' AND datname = current_database()"
                ),
            CancellationToken.None
        );

        Assert.That(failure, Is.TypeOf<DatabaseUnavailableException>());
        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|False" }));
        Succeed(catalog, new UpRequest(Resume: true));
        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public void An_index_that_found_duplicates_is_made_again_once_they_are_gone()
    {
        var catalog = Up(Before, Before, MakeUnique, After);
        var failure = Run(catalog, new UpRequest()).Failure;
        Assert.That(failure!.Message, Does.Contain("could not create unique index"));
        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|False" }));

        Execute("DELETE FROM agent WHERE id = 2");
        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    /// <summary>The run was killed between the end of the statement and the row in the journal.</summary>
    [TestCase(Make, "CREATE INDEX by_name ON agent (name)")]
    [TestCase(
        "CREATE UNIQUE INDEX CONCURRENTLY \"by_name\" ON ONLY public.agent USING btree (lower(agent.name) DESC, id) INCLUDE (id) WITH (fillfactor = 70) WHERE id > 0",
        "CREATE UNIQUE INDEX by_name ON agent (lower(name) DESC, id) INCLUDE (id) WITH (fillfactor = 70) WHERE id > 0"
    )]
    [TestCase("CREATE INDEX CONCURRENTLY ON agent (name)", "CREATE INDEX by_name ON agent (name)")]
    public void An_index_that_is_there_is_not_made_again(string make, string there)
    {
        var catalog = Up(Before, make, After);
        FailAt(2, catalog);
        Execute(there);

        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
        Assert.That(Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [TestCase("CREATE INDEX by_name ON agent (id)")]
    [TestCase("CREATE UNIQUE INDEX by_name ON agent (name)")]
    [TestCase("CREATE INDEX by_name ON agent (name) WHERE id > 1")]
    [TestCase("CREATE TABLE other (name text); CREATE INDEX by_name ON other (name)")]
    [TestCase("CREATE TABLE by_name (name text)")]
    public void Another_index_of_its_name_is_not_taken_for_it(string there)
    {
        var catalog = Up(Before, Make, After);
        FailAt(2, catalog);
        Execute(there);
        var before = Query("SELECT c.relname::text, c.relkind FROM pg_class c ORDER BY 1");

        var failure = Run(catalog, new UpRequest(Resume: true)).Failure;

        Assert.That(failure!.Message, Does.Contain("\"by_name\" already exists"));
        Assert.That(
            Query("SELECT c.relname::text, c.relkind FROM pg_class c ORDER BY 1"),
            Is.EqualTo(before)
        );
    }

    [Test]
    public void An_index_without_a_name_is_made_again()
    {
        var catalog = Up(Before, Before, "CREATE UNIQUE INDEX CONCURRENTLY ON agent (name)");
        Assert.That(Run(catalog, new UpRequest()).Failure, Is.Not.Null);
        Assert.That(Indexes(), Is.EqualTo(new[] { "agent_name_idx|False" }));

        Execute("DELETE FROM agent WHERE id = 2");
        Succeed(catalog, new UpRequest(Resume: true));

        Assert.That(Indexes(), Is.EqualTo(new[] { "agent_name_idx|True" }));
    }

    [Test]
    public void IF_NOT_EXISTS_is_not_content_with_an_invalid_index()
    {
        LeaveInvalidIndex();
        var catalog = Up(MakeUnique.Replace("by_name", "IF NOT EXISTS by_name"));

        var failure = Run(catalog, new UpRequest()).Failure;
        Assert.That(failure!.Message, Does.Contain("there was the invalid index by_name"));

        Execute("DELETE FROM agent WHERE id = 2");
        Succeed(catalog, new UpRequest(Resume: true));
        Assert.That(Indexes(), Is.EqualTo(new[] { "by_name|True" }));
    }
}
