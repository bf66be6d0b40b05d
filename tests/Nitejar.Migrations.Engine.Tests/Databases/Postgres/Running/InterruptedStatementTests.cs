using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>
/// Statements that the server executes in several transactions of its own, and that an interruption leaves half done:
/// the run that continues looks for what they do, does what is missing, and nothing twice.
/// </summary>
public sealed class InterruptedStatementTests : ConformanceTests<PostgresTestDatabase>
{
    private const string Make = "CREATE INDEX CONCURRENTLY by_name ON agent (name)";
    private const string MakeUnique = "CREATE UNIQUE INDEX CONCURRENTLY by_name ON agent (name)";
    private const string Before = "INSERT INTO agent (name) VALUES ('before')";
    private const string After = "INSERT INTO agent (name) VALUES ('after')";

    [SetUp]
    public void AddTable() =>
        Execute(
            "CREATE TABLE agent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE \"C\")"
        );

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
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND pid <> pg_backend_pid()"
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

    private static MigrationCatalog Up(params string[] statements) =>
        MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", string.Join(";\n", statements)).WithoutTransaction()
        );

    /// <summary>Cancels the run while its second statement waits for a session that has begun before it.</summary>
    private void Interrupt(MigrationCatalog catalog, string statement)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.That(
            Interrupt(catalog, statement, cancellation.Cancel, cancellation.Token),
            Is.InstanceOf<OperationCanceledException>()
        );
    }

    private Exception? Interrupt(
        MigrationCatalog catalog,
        string statement,
        Action interrupt,
        CancellationToken cancellation
    )
    {
        using var writer = BeginWrite();
        Task? interrupting = null;
        var observer = new OnStatement(
            2,
            () => interrupting = Task.Run(() => WhenWaiting(statement, interrupt))
        );
        var failure = Run(catalog, observer, cancellation).Failure;
        interrupting!.GetAwaiter().GetResult();
        return failure;
    }

    /// <summary>Interrupts the run between the row in the journal that says that a statement begins, and its execution.</summary>
    private void FailAt(int statement, MigrationCatalog catalog)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.That(
            Run(
                catalog,
                new OnStatement(statement, cancellation.Cancel),
                cancellation.Token
            ).Failure,
            Is.InstanceOf<OperationCanceledException>()
        );
    }

    private void LeaveInvalidIndex()
    {
        Execute("INSERT INTO agent (name) VALUES ('twice'), ('twice')");
        using var connection = TestDatabase.Open();
        Assert.That(() => Execute(connection, MakeUnique), Throws.TypeOf<PostgresException>());
    }

    private NpgsqlConnection BeginWrite()
    {
        var connection = TestDatabase.Open();
        Execute(
            connection,
            "BEGIN; UPDATE agent SET name = name; INSERT INTO agent (name) VALUES ('writer')"
        );
        return connection;
    }

    private void WhenWaiting(string statement, Action act)
    {
        while (
            Query(
                $"SELECT 1 FROM pg_stat_activity WHERE query LIKE '{statement}%' AND wait_event_type = 'Lock' AND datname = current_database()"
            ).Length == 0
        )
        {
            Thread.Yield();
        }

        act();
    }

    private RunResult Run(
        MigrationCatalog catalog,
        OnStatement observer,
        CancellationToken cancellation
    ) =>
        new MigrationRunner(Database, catalog, () => HistoryOf.Origin).Run(
            new UpRequest(),
            new RunSettings(TimeSpan.FromSeconds(30), Consent: Consent.ToRequest)
            {
                Gate = observer,
            },
            observer,
            cancellation
        );

    /// <summary>The name and validity of each index but that of the primary key.</summary>
    private string[] Indexes() =>
        Query(
            "SELECT c.relname::text, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'agent'::regclass AND NOT i.indisprimary ORDER BY 1"
        );

    private string[] Names() => Query("SELECT name FROM agent ORDER BY id");

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Acts when the run is about to execute one of its statements.</summary>
    private sealed class OnStatement(int statement, Action act) : IRunObserver, ICommitGate
    {
        private int _begun;

        public void Committing() { }

        public void CommitFailed() { }

        public void PartCommitted()
        {
            if (++_begun == statement)
            {
                act();
            }
        }

        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
